import { findingsOf, neverRan, proofLine, withOutcome } from '../../../model/explain.ts';
import { count } from '../../../model/format.ts';
import type { CheckResult, Report } from '../../../model/report.ts';
import { shorten } from '../../../model/text.ts';
import { html, joined, type Markup } from '../markup.ts';
import { fitEach } from '../parts/fit.ts';
import { againstLimit, badge, definitions, fileLink, findingAnchor, idList, lengths, type Definition } from '../parts/parts.ts';

const budgetBytes = 200_000;

/** Checks that failed, then those that could not judge, which share what they say if it is the same, then those that never ran. */
export function trouble(report: Report): Markup | undefined {
  const unjudged = Map.groupBy(
    withOutcome(report.checks, 'inconclusive'), ({ reason, got, remedy }) => JSON.stringify([reason, got, remedy]),
  );
  const groups = [...withOutcome(report.checks, 'fail').map((check) => [check]), ...unjudged.values()];
  const missing = neverRan(report);
  if (groups.length === 0 && missing.length === 0) return undefined;
  const { shown, omitted } = fitEach(groups, budgetBytes, (group) => card(group, report));
  const more = omitted > 0 && html`<p>${omitted} more: see the checks below and report.json.</p>`;
  return joined([...shown, more, missing.length > 0 && missingCard(missing)], '\n');
}

/** A check by itself, or several that share their reason. */
function card(group: readonly CheckResult[], report: Report): Markup {
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

function missingCard(ids: readonly string[]): Markup {
  return html`<article class="card fail"><h3>${badge('fail', 'never ran')} ${count(ids.length, 'check')}</h3>${
    idList(ids, false)}</article>`;
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
    ...found.flatMap((finding): Definition[] => [['Do', lines(finding.remedy)], ['Tried', lines(proofLine(finding))]]),
    ['Do', lines(remedy)],
  ];
}

function lines(text: string | undefined): Markup | undefined {
  return text === undefined ? undefined : html`<span class="lines">${shorten(text, lengths.text)}</span>`;
}
