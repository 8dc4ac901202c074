import { areaOf } from '../model/catalogue.ts';
import { byReason, findingsOf, neverRan, proofLine, withOutcome } from '../model/explain.ts';
import { formatValue } from '../model/format.ts';
import type { Area, CheckResult, Outcome, Report } from '../model/report.ts';
import { sureLine } from '../model/sureness.ts';
import { shorten } from '../model/text.ts';

/** One answer of a report, as formats for machines know it. */
export type Case = {
  readonly kind: 'check' | 'never ran' | 'verdict';
  readonly id: string;
  /** `run` for what no area owns. */
  readonly area: Area | 'run';
  readonly outcome: Outcome;
  /** Why it did not pass, in one sentence; the promise where no reason was given. */
  readonly reason: string;
  /** Only for the kind `check`. */
  readonly check?: CheckResult;
};

/**
 * The checks, the owed checks that never ran (inconclusive), and `run.verdict` where no check accounts for a verdict
 * that is not a pass (no check ran, the executable changed, no contract): whoever counts these is never greener than the verdict.
 */
export function casesOf(report: Report): Case[] {
  const { outcome, sentence } = report.verdict;
  const ran = report.checks.map((check): Case => {
    const { id, area, title, reason = title } = check;
    return { kind: 'check', id, area, outcome: check.outcome, reason, check };
  });
  const missing = neverRan(report).map(
    (id): Case => ({ kind: 'never ran', id, area: areaOf(id) ?? 'run', outcome: 'inconclusive', reason: sentence }),
  );
  const own = [...ran, ...missing];
  if (outcome === 'pass' || own.some((one) => one.outcome === 'fail' || one.outcome === outcome)) return own;
  return [{ kind: 'verdict', id: 'run.verdict', area: 'run', outcome, reason: sentence }, ...own];
}

/** Failed checks one by one, then those that could not be judged, together where they have one reason, for example a missing server. */
export function troubledGroups({ checks }: Report): CheckResult[][] {
  return [...withOutcome(checks, 'fail').map((check) => [check]), ...byReason(withOutcome(checks, 'inconclusive'))];
}

/** One finding can explain every check: its text must not be multiplied without a bound. */
const longestText = 20_000;

/** What there is to say about a check beside its reason, as `label: text` in the order of reading; a text may have several lines. */
export function detailsOf(report: Report, check: CheckResult): string[] {
  const number = (value: number | undefined) => (value === undefined ? undefined : formatValue(value, check.unit));
  const rows: (readonly [label: string, text: string | undefined])[] = [
    ['expected', check.expected],
    ['got', check.got],
    ['value', number(check.value)],
    ['limit', number(check.limit)],
    ...findingsOf(report, check.id).flatMap((finding) => [
      ['why', `${shorten(finding.hazard, 200)}: ${finding.cause}`], ['do', finding.remedy], ['sure', sureLine(finding)],
      ['tried', proofLine(finding)],
    ] as const),
    ['do', check.remedy],
  ];
  return rows.flatMap(([label, text]) => (text === undefined ? [] : [`${label}: ${shorten(text, longestText)}`]));
}

/** An http or https address, scheme and host in lower case; undefined for all else, for example `javascript:…`, lest it become a link. */
export function webAddress(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text);
  return url !== null && ['http:', 'https:'].includes(url.protocol) ? url.href : undefined;
}
