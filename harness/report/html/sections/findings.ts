import { proofLine } from '../../../model/explain.ts';
import { count } from '../../../model/format.ts';
import type { Finding, Report } from '../../../model/report.ts';
import { excerpt, shorten } from '../../../model/text.ts';
import { html, joined, type Markup } from '../markup.ts';
import { fitEach } from '../parts/fit.ts';
import { codeBlock, definitions, fileLink, findingAnchor, idList, lengths } from '../parts/parts.ts';

const budgetBytes = 120_000;
const mostToDo = 5;

/** The remedies in one line each, those that explain most first; nothing when there is no finding. */
export function toDo({ findings: found }: Report): Markup | undefined {
  if (found.length === 0) return undefined;
  return html`<div class="to-do"><h2>What to do</h2>
<ol>${found.slice(0, mostToDo).map((finding, index) => html`<li>${remedyLine(finding)} <span class="muted"><a href="#${
  findingAnchor(index)}">${shorten(finding.hazard, lengths.name)}</a>, ${explained(finding)}</span></li>`)}</ol>${
    found.length > mostToDo && html`<p>And <a href="#findings">${count(found.length - mostToDo, 'more finding')}</a>.</p>`
  }</div>`;
}

/** The first line of the remedy; the rest is where the finding is told in full. */
function remedyLine({ remedy }: Finding): string {
  const [first = '', ...others] = remedy.trim().split('\n');
  return shorten(`${first}${others.length > 0 ? ' …' : ''}`, lengths.line);
}

function explained({ explains, proof }: Finding): string {
  if (explains.length === 0) return 'explains no failed check';
  return `explains ${count(explains.length, 'check')}${proof?.outcome === 'proved' ? ', proved' : ''}`;
}

/** Diagnosed defects: what to do, then why, then the line that gave it away. */
export function findings({ findings: found }: Report): Markup | undefined {
  if (found.length === 0) return undefined;
  const { shown, omitted } = fitEach(found, budgetBytes, card);
  return joined([...shown, omitted > 0 && html`<p>${count(omitted, 'more finding')}: see report.json.</p>`], '\n');
}

function card(finding: Finding, index: number): Markup {
  const { hazard, cause, remedy, line, source, explains } = finding;
  const proof = proofLine(finding);
  const told = html`${codeBlock(shorten(excerpt(line), lengths.text))}<p class="small">in ${
    fileLink(shorten(source, lengths.line), source)}</p>`;
  return html`<article class="card" id="${findingAnchor(index)}"><h3>${shorten(hazard, lengths.name)}</h3>
${definitions([
  ['Do', codeBlock(shorten(remedy, 2 * lengths.text))],
  ['Tried', proof !== undefined && shorten(proof, lengths.text)],
  ['Cause', shorten(cause, lengths.text)],
  ['Explains', explains.length > 0 ? idList(explains) : 'no failed check'],
  ['Telling line', told],
])}</article>`;
}
