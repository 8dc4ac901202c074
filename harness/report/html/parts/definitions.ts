import { html, type Markup, type Part } from '../markup.ts';

/** Labels with their values, as a list of definitions in two columns; nothing when there are no rows. */
export function definitions(rows: readonly (readonly [label: string, value: Part])[]): Markup | undefined {
  if (rows.length === 0) return undefined;
  return html`<dl class="definitions">${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}
