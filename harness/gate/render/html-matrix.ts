import { html, joined, type Markup, type Part } from '../../report/html/markup.ts';
import type { AreaCounts, Gate, GatePlatform } from '../../model/gate.ts';
import { stateBadge } from './html-badge.ts';
import { areasOf, cellParts, stateWords } from './words.ts';

/** Far above any release; a page of more would not open on a phone. */
const mostRows = 100;

/** Platforms by areas; the name of a platform leads to its report. Columns are as wide as their words, the whole scrolls where it must. */
export function matrixTable(gate: Gate): Markup {
  const caption = 'Checks of each platform by area';
  const areas = areasOf(gate);
  const rest = gate.platforms.length - mostRows;
  // Whoever has no mouse scrolls with the arrow keys once the region has the focus.
  return html`<div class="scroller" role="region" aria-label="${
    caption}" tabindex="0"><table class="scroll" style="table-layout: auto; white-space: nowrap"><caption class="unseen">${
    caption}</caption>
<thead><tr>${['platform', 'verdict', ...areas].map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${gate.platforms.slice(0, mostRows).map((platform) => row(platform, areas))}</tbody></table></div>${rest > 0 && html`<p>And ${
  rest} more, which gate.json holds.</p>`}`;
}

function row(platform: GatePlatform, areas: readonly string[]): Markup {
  const { id, required, state, report, areas: counts } = platform;
  const name = report?.page === undefined ? id : html`<a href="${report.page}">${id}</a>`;
  const cells = areas.map((area) => html`<td>${cell(counts.find((found) => found.area === area))}</td>`);
  return html`<tr><th scope="row">${name}${!required && html`<br /><span class="muted">not required</span>`}</th><td>${
    stateBadge(state, stateWords[state])}</td>${cells}</tr>
`;
}

function cell(counts: AreaCounts | undefined): Part {
  if (counts === undefined) return html`<span class="muted">–</span>`;
  if (counts.state === 'pass') return cellParts(counts).map(({ text }) => text);
  return joined(cellParts(counts).map(({ text, state }) => stateBadge(state, text)), html`<br />`);
}
