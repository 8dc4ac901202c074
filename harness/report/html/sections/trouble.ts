import { findingsOf, neverRan, proofLine, troubled } from '../../../model/explain.ts';
import { count } from '../../../model/format.ts';
import type { CheckResult, Report } from '../../../model/report.ts';
import { shorten } from '../../../model/text.ts';
import { html, joined, type Markup, type Part } from '../markup.ts';
import { againstLimit } from '../parts/against-limit.ts';
import { findingAnchor } from '../parts/anchor.ts';
import { badge } from '../parts/badge.ts';
import { definitions } from '../parts/definitions.ts';
import { fileLink } from '../parts/file-link.ts';
import { fitEach } from '../parts/fit.ts';
import { idList } from '../parts/id-list.ts';
import { lengths, type Section } from './section.ts';

const budgetBytes = 200_000;

/** Checks that failed, then those that could not judge, then those that never ran. */
export const trouble: Section = {
  id: 'decision',
  title: 'What decided it',
  render(report) {
    const failed = troubled(report).filter(({ outcome }) => outcome === 'fail');
    const unjudged = troubled(report).filter(({ outcome }) => outcome !== 'fail');
    const missing = neverRan(report);
    const entries = [...failed.map((check) => [check]), ...groups(unjudged)];
    if (entries.length === 0 && missing.length === 0) return undefined;
    const { shown, omitted } = fitEach(entries, budgetBytes, (group) => card(group, report));
    const more = omitted > 0 && html`<p>${omitted} more: see the checks below and report.json.</p>`;
    return joined([...shown, more, missing.length > 0 && missingCard(missing)], '\n');
  },
};

/** One cause often keeps many checks from judging; they are told once. */
function groups(checks: readonly CheckResult[]): CheckResult[][] {
  return [...Map.groupBy(checks, ({ reason, got, remedy }) => JSON.stringify([reason, got, remedy])).values()];
}

/** A check by itself, or several that share their reason. */
function card(group: readonly CheckResult[], report: Report): Markup {
  const [check] = group;
  if (check === undefined) return html``;
  const evidence = group.flatMap((each) => each.evidence).slice(0, 10).map(
    ({ title, path }) => fileLink(shorten(title, lengths.name), path),
  );
  const rows = [...circumstances(check, report), ...(evidence.length > 0 ? [['Evidence', joined(evidence, ', ')] as const] : [])];
  const heading =
    group.length === 1
      ? html`<code>${shorten(check.id, lengths.name)}</code> <span class="promise">${shorten(check.title, lengths.line)}</span>`
      : count(group.length, 'check');
  return html`<article class="card ${check.outcome}"><h3>${badge(check.outcome)} ${heading}</h3>
${definitions(rows)}${group.length > 1 && idList(group.map(({ id }) => id))}</article>`;
}

function missingCard(ids: readonly string[]): Markup {
  return html`<article class="card fail"><h3>${badge('fail', 'never ran')} ${count(ids.length, 'check')}</h3>${
    idList(ids, false)}</article>`;
}

function circumstances(check: CheckResult, report: Report): (readonly [string, Part])[] {
  const { value, limit, unit, reason, expected, got, remedy } = check;
  const found = findingsOf(report, check.id).slice(0, 5);
  return [
    ...row('Value', value === undefined || limit === undefined ? undefined : againstLimit(value, limit, unit)),
    ...row('Reason', reason),
    ...row('Expected', expected),
    ...row('Got', got),
    ...found.map((finding) => {
      const link = html`<a href="#${findingAnchor(report.findings.indexOf(finding))}">${shorten(finding.hazard, lengths.name)}</a>`;
      return ['Cause', html`${link} ${shorten(finding.cause, lengths.line)}`] as const;
    }),
    ...found.flatMap((finding) => [...row('Do', finding.remedy), ...row('Tried', proofLine(finding))]),
    ...row('Do', remedy),
  ];
}

function row(label: string, text: string | undefined): (readonly [string, Part])[] {
  return text === undefined ? [] : [[label, html`<span class="lines">${shorten(text, lengths.text)}</span>`]];
}
