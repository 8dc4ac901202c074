import { findingsOf, neverRan, proofLine, repairedSentence, withOutcome } from '../../../model/explain.ts';
import { count } from '../../../model/format.ts';
import type { CheckResult, Finding, Report } from '../../../model/report.ts';
import { sureLine } from '../../../model/sureness.ts';
import { excerpt, shorten } from '../../../model/text.ts';
import { html, joined, type Markup } from '../markup.ts';
import { fitEach } from '../parts/fit.ts';
import { againstLimit, badge, codeBlock, definitions, fileLink, findingAnchor, idList, lengths, type Definition } from '../parts/parts.ts';
import { unknownSentence } from '../../unknown.ts';

const troubleBytes = 200_000;
const findingsBytes = 120_000;
const mostToDo = 5;

/** Checks that failed, then those that could not judge, which share what they say if it is the same, then those that never ran. */
export function trouble(report: Report): Markup | undefined {
  const unjudged = Map.groupBy(
    withOutcome(report.checks, 'inconclusive'), ({ reason, got, remedy }) => JSON.stringify([reason, got, remedy]),
  );
  const groups = [...withOutcome(report.checks, 'fail').map((check) => [check]), ...unjudged.values()];
  const missing = neverRan(report);
  if (groups.length === 0 && missing.length === 0) return undefined;
  const { shown, omitted } = fitEach(groups, troubleBytes, (group) => checkCard(group, report));
  const more = omitted > 0 && html`<p>${omitted} more: see the checks below and report.json.</p>`;
  const never = missing.length > 0 && html`<article class="card fail"><h3>${badge('fail', 'never ran')} ${
    count(missing.length, 'check')}</h3>${idList(missing, false)}</article>`;
  return joined([...shown, more, never], '\n');
}

/** A check by itself, or several that share their reason. */
function checkCard(group: readonly CheckResult[], report: Report): Markup {
  const [check] = group;
  if (check === undefined) return html``;
  const evidence = group.flatMap((each) => each.evidence).slice(0, 10).map(
    ({ title, path }) => fileLink(shorten(title, lengths.name), path),
  );
  const heading =
    group.length === 1
      ? html`<code>${shorten(check.id, lengths.name)}</code> <span class="promise">${shorten(check.title, lengths.line)}</span>`
      : count(group.length, 'check');
  return html`<article class="card ${check.outcome}"><h3>${badge(check.outcome)} ${heading}</h3>
${definitions([...circumstances(check, report), ['Evidence', evidence.length > 0 && joined(evidence, ', ')]])}${
  group.length > 1 && idList(group.map(({ id }) => id))}</article>`;
}

function circumstances(check: CheckResult, report: Report): Definition[] {
  const { value, limit, unit, reason, expected, got, remedy } = check;
  const found = findingsOf(report, check.id).slice(0, 5);
  return [
    ['Value', lines(value === undefined || limit === undefined ? undefined : againstLimit(value, limit, unit))],
    ['Reason', lines(reason)],
    ['Expected', lines(expected)],
    ['Got', lines(got)],
    ...found.map((finding): Definition => ['Cause', html`<a href="#${findingAnchor(report.findings.indexOf(finding))}">${
      shorten(finding.hazard, lengths.name)}</a> ${shorten(finding.cause, lengths.line)}`]),
    ['Cause', lines(unknownSentence(report, check))],
    ...found.flatMap((finding): Definition[] => [['Do', lines(finding.remedy)], ['Sure', sureLine(finding)],
      ['Tried', lines(proofLine(finding))]]),
    ['Do', lines(remedy)],
  ];
}

function lines(text: string | undefined): Markup | undefined {
  return text === undefined ? undefined : html`<span class="lines">${shorten(text, lengths.text)}</span>`;
}

/** The remedies in one line each, those that explain most first; nothing when there is no finding. */
export function toDo(report: Report): Markup | undefined {
  const { findings: found } = report;
  const repaired = repairedSentence(report);
  if (found.length === 0) return undefined;
  return html`<div class="to-do"><h2>What to do</h2>
<ol>${found.slice(0, mostToDo).map((finding, index) => html`<li>${remedyLine(finding)} <span class="muted"><a href="#${
  findingAnchor(index)}">${shorten(finding.hazard, lengths.name)}</a>, ${explained(finding)}</span></li>`)}</ol>${
    found.length > mostToDo && html`<p>And <a href="#findings">${count(found.length - mostToDo, 'more finding')}</a>.</p>`
  }${repaired !== undefined && html`<p>${shorten(repaired, lengths.text)}</p>`}</div>`;
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
  const { shown, omitted } = fitEach(found, findingsBytes, findingCard);
  return joined([...shown, omitted > 0 && html`<p>${count(omitted, 'more finding')}: see report.json.</p>`], '\n');
}

function findingCard(finding: Finding, index: number): Markup {
  const { hazard, cause, remedy, line, source, explains } = finding;
  const proof = proofLine(finding);
  const told = html`${codeBlock(shorten(excerpt(line), lengths.text))}<p class="small">in ${
    fileLink(shorten(source, lengths.line), source)}</p>`;
  return html`<article class="card" id="${findingAnchor(index)}"><h3>${shorten(hazard, lengths.name)}</h3>
${definitions([
  ['Do', codeBlock(shorten(remedy, 2 * lengths.text))],
  ['Sure', sureLine(finding)],
  ['Tried', proof !== undefined && shorten(proof, lengths.text)],
  ['Cause', shorten(cause, lengths.text)],
  ['Explains', explains.length > 0 ? idList(explains) : 'no failed check'],
  ['Telling line', told],
])}</article>`;
}
