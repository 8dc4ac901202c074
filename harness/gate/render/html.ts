import type { Gate } from '../../model/gate.ts';
import { page } from '../../report/html/document.ts';
import { html, joined, type Markup } from '../../report/html/markup.ts';
import { definitions } from '../../report/html/parts/parts.ts';
import { fit } from '../../report/html/parts/fit.ts';
import { verdictBanner } from '../../report/html/parts/parts.ts';
import { decisionsTitle } from './decision-rows.ts';
import { decisionTable } from './html-decisions.ts';
import { executableTable, matrixTable, moreInJson, rowsTable, stateBadge } from './html-tables.ts';
import { trendFigures } from './html-trend.ts';
import { artifactRows, waiverRows, waiverSentence } from './rows.ts';

const mostRemarks = 200;
const blocksBudgetBytes = 400_000;

/** The decision as one page that opens offline: whether to ship, then the matrix, then why not, platform by platform. */
export function gateHtml(gate: Gate): string {
  const { outcome, sentence } = gate.verdict;
  const used = gate.waivers.filter(({ state }) => state === 'used').slice(0, mostRemarks);
  const body = html`<h1>Release gate <span class="muted">${gate.worker ?? 'no worker'}</span></h1>
${verdictBanner({ outcome, sentence }, used.map((waiver) => `Waiver: ${waiverSentence(waiver)}`))}
${definitions(about(gate))}
${joined([
    section('platforms', 'Platforms', matrixTable(gate)),
    section('decisions', decisionsTitle, decisionTable(gate)),
    section('blocks', 'Why it is blocked', blockCards(gate)),
    section('waivers', 'Waivers', rowsTable('Waivers', waiverRows(gate), ['check', 'state', 'what it does', 'reason'])),
    section('executables', 'Executables', executableTable(gate)),
    section('artifacts', 'Artifacts', rowsTable('Files about to be shipped', artifactRows(gate), ['file', 'verified for', 'sha256'])),
    section('trend', 'Trend', trendFigures(gate)),
    section('remarks', 'Remarks', list(gate.warnings)),
    section('not-checked', 'What was not checked', list(gate.notChecked)),
  ], '\n')}`;
  const files = ['gate.json', 'gate.md', 'gate.txt', ...(outcome === 'pass' ? ['svr.json'] : [])];
  return page({ title: `Release gate: ${outcome}${gate.worker === null ? '' : `, ${gate.worker}`}`, body, files });
}

function about({ commit, contracts, decidedAt, tool, required }: Gate): (readonly [string, Markup | string])[] {
  return [
    ['Required', required.join(', ')],
    ['Commit', commit === null ? 'not told' : html`<code>${commit}</code>`],
    ['Contract', contracts.length === 0 ? 'none' : joined(
      contracts.map(({ file, sha256 }) => html`${file}, sha256 <code>${sha256}</code>`), html`<br />`,
    )],
    ['Decided', `${decidedAt.slice(0, 19).replace('T', ' ')} UTC by frostgate ${tool.version}`],
  ];
}

/** Why it is blocked: first what concerns the release as a whole, then platform by platform in the order of the matrix. */
function blockCards({ blocks, platforms }: Gate): Markup | undefined {
  if (blocks.length === 0) return undefined;
  const cards = [undefined, ...platforms].flatMap((platform) => {
    const own = blocks.filter((block) => block.platform === platform?.id);
    const target = platform?.report?.page;
    const link = target !== undefined && html` <a class="small" href="${target}">its report</a>`;
    return own.length === 0 ? [] : [html`<h3>${platform?.id ?? 'The release as a whole'}${link}</h3>`, ...own.map(card)];
  });
  const { shown, omitted } = fit(cards, blocksBudgetBytes);
  return joined([...shown, moreInJson(omitted)], '\n');
}

function card({ kind, severity, platform, sentence }: Gate['blocks'][number]): Markup {
  const start = `${platform ?? ''}: `;
  const text = sentence.startsWith(start) ? sentence.slice(start.length) : sentence;
  const state = severity === 'wrong' ? 'fail' : 'inconclusive';
  return html`<div class="card ${state}"><p>${stateBadge(state, kind)} ${text}</p></div>`;
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
