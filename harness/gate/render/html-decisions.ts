import type { Gate } from '../../model/gate.ts';
import { html, type Markup, type Part } from '../../report/html/markup.ts';
import { decisionRows, decisionsLegend, type DecisionCell } from './decision-rows.ts';
import { moreInJson, stateBadge } from './html-tables.ts';

/** As many metrics are shown as there can be, and not all that a report may make up. */
const mostRows = 40;

const caption = 'Each metric on each platform';

/** Metrics by platforms: the answer, the change with its interval, the limit; undefined where nothing was compared. */
export function decisionTable(gate: Gate): Markup | undefined {
  const { platforms, rows, omitted } = decisionRows(gate);
  if (rows.length === 0) return undefined;
  const lines = rows.slice(0, mostRows).map(({ metric, cells }) => html`<tr><th scope="row">${metric}</th>${
    cells.map((cell) => html`<td>${cellOf(cell)}</td>`)}</tr>
`);
  // Whoever has no mouse scrolls with the arrow keys once the region has the focus.
  return html`<p>${decisionsLegend}</p>
<div class="scroller" role="region" aria-label="${
  caption}" tabindex="0"><table class="scroll" style="table-layout: auto; white-space: nowrap"><caption class="unseen">${
  caption}</caption>
<thead><tr>${['metric', ...platforms].map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${lines}</tbody></table></div>${moreInJson(rows.length - mostRows)}${moreInJson(omitted)}`;
}

function cellOf(cell: DecisionCell | undefined): Part {
  if (cell === undefined) return html`<span class="muted">–</span>`;
  const { answer, state, effect, limit } = cell;
  return html`${stateBadge(state, answer)} ${effect}<br /><span class="muted">${limit}</span>`;
}
