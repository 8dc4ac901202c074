import type { Gate, GatePlatform } from '../../model/gate.ts';
import { html, joined, type Markup, type Part } from '../../report/html/markup.ts';
import { badge } from '../../report/html/parts/parts.ts';
import { dataTable } from '../../report/html/parts/data-table.ts';
import { definitions } from '../../report/html/parts/parts.ts';
import { executableRows, matrixOf, textOf, type Cell, type Row } from './rows.ts';

/** Far above any release; a page of more would not open on a phone. */
const mostRows = 100;

/** A state as a small label: a sign and a word, so that nothing depends on the colour. */
export function stateBadge(state: GatePlatform['state'], word: string): Markup {
  if (state === 'waived') return badge('inconclusive', word, '!');
  return badge(state === 'missing' ? 'fail' : state, word);
}

/** How many are left out, where there are any. */
export function moreInJson(omitted: number): Markup | undefined {
  return omitted > 0 ? html`<p>And ${omitted} more, which gate.json holds.</p>` : undefined;
}

/** Platforms by areas; the name of a platform leads to its report. Columns are as wide as their words, the whole scrolls where it must. */
export function matrixTable(gate: Gate): Markup {
  const caption = 'Checks of each platform by area';
  const { areas, rows } = matrixOf(gate);
  const lines = rows.slice(0, mostRows).map(({ platform: { id, required, report }, verdict, areas: cells }) => {
    const name = report?.page === undefined ? id : html`<a href="${report.page}">${id}</a>`;
    const columns = [verdict, ...cells].map((one) => html`<td>${one === '–' ? html`<span class="muted">–</span>` : cell(one)}</td>`);
    return html`<tr><th scope="row">${name}${!required && html`<br /><span class="muted">not required</span>`}</th>${columns}</tr>
`;
  });
  // Whoever has no mouse scrolls with the arrow keys once the region has the focus.
  return html`<div class="scroller" role="region" aria-label="${
    caption}" tabindex="0"><table class="scroll" style="table-layout: auto; white-space: nowrap"><caption class="unseen">${
    caption}</caption>
<thead><tr>${['platform', 'verdict', ...areas].map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${lines}</tbody></table></div>${moreInJson(rows.length - mostRows)}`;
}

/** What was verified on each platform: version and key numbers, then the digests, to be compared by eye. */
export function executableTable(gate: Gate): Markup | undefined {
  const rows = executableRows(gate);
  const digests = rows.slice(0, mostRows).map(({ platform = '', sha256 = '', 'sha256 of report.json': report = '' }) =>
    [textOf(platform), html`${cell(sha256)} executable<br />${cell(report)} report.json`] as const);
  const after = html`
<h3>sha256</h3>
${definitions(digests)}`;
  return rowsTable('The executable of each platform', rows, ['platform', 'version', 'commit', 'size', 'ready', 'memory'], after);
}

/** Rows with the columns of these titles; undefined without rows. */
export function rowsTable(caption: string, rows: readonly Row[], titles: readonly string[], after?: Markup): Markup | undefined {
  if (rows.length === 0) return undefined;
  const columns = titles.map((title) => (['size', 'ready', 'memory'].includes(title) ? { title, align: 'right' as const } : { title }));
  const shown = rows.slice(0, mostRows).map((row) => ({ cells: titles.map((title) => cell(row[title] ?? '')) }));
  return html`${dataTable({ caption, quiet: true, columns, rows: shown })}${after}${moreInJson(rows.length - mostRows)}`;
}

function cell(value: Cell): Part {
  if (typeof value === 'string') return value;
  if ('code' in value) return html`<code>${value.code}</code>`;
  return html`<span>${joined(value.marks.map(({ text, state }) => stateBadge(state, text)), html`<br />`)}</span>`;
}
