import { page } from '../../report/html/document.ts';
import { html, joined, type Markup } from '../../report/html/markup.ts';
import { definitions } from '../../report/html/parts/definitions.ts';
import { verdictBanner } from '../../report/html/parts/verdict-banner.ts';
import type { Gate } from '../../model/gate.ts';
import { blockCards } from './html-blocks.ts';
import { matrixTable } from './html-matrix.ts';
import { artifactTable, identityTable, waiverTable } from './html-tables.ts';
import { trendFigures } from './html-trend.ts';
import { waiverTexts } from './words.ts';

const mostRemarks = 200;

/**
 * The decision as one page for a release manager: whether to ship in the first screenful, then the matrix, then why not, platform by
 * platform. Opens offline.
 */
export function gateHtml(gate: Gate): string {
  const { outcome, sentence } = gate.verdict;
  const used = gate.waivers.filter(({ state }) => state === 'used');
  const body = html`<h1>Release gate <span class="muted">${gate.worker ?? 'no worker'}</span></h1>
${verdictBanner({ outcome, sentence }, used.slice(0, mostRemarks).map((waiver) => `Waiver: ${waiverTexts(waiver).about} ${
  waiverTexts(waiver).state}: ${waiver.reason}`))}
${definitions(about(gate))}
${joined([
    section('platforms', 'Platforms', matrixTable(gate)),
    section('blocks', 'Why it is blocked', blockCards(gate)),
    section('waivers', 'Waivers', waiverTable(gate)),
    section('executables', 'Executables', identityTable(gate)),
    section('artifacts', 'Artifacts', artifactTable(gate)),
    section('trend', 'Trend', trendFigures(gate)),
    section('remarks', 'Remarks', list(gate.warnings)),
    section('not-checked', 'What was not checked', list(gate.notChecked)),
  ], '\n')}`;
  const files = ['gate.json', 'gate.md', 'gate.txt', ...(outcome === 'pass' ? ['svr.json'] : [])];
  return page({ title: `Release gate: ${outcome}${gate.worker === null ? '' : `, ${gate.worker}`}`, body, files });
}

function about({ commit, contract, decidedAt, tool, required }: Gate): (readonly [string, Markup | string])[] {
  return [
    ['Required', required.join(', ')],
    ['Commit', commit === null ? 'not told' : html`<code>${commit}</code>`],
    ['Contract', contract === null ? 'none' : html`${contract.file}, sha256 <code>${contract.sha256}</code>`],
    ['Decided', `${decidedAt.slice(0, 19).replace('T', ' ')} UTC by frostgate ${tool.version}`],
  ];
}

function section(id: string, title: string, body: Markup | undefined): Markup | undefined {
  return body && html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${body}</section>`;
}

function list(texts: readonly string[]): Markup | undefined {
  if (texts.length === 0) return undefined;
  const rest = texts.length - mostRemarks;
  return html`<ul>${texts.slice(0, mostRemarks).map((text) => html`<li>${text}</li>`)}${rest > 0 && html`<li>and ${
    rest} more, which gate.json holds</li>`}</ul>`;
}
