import { areas, type Area, type CheckResult, type Finding, type Outcome, type Report } from './report.ts';

/** The findings that explain a check, in the report's order. */
export function findingsOf(report: Report, checkId: string): Finding[] {
  return report.findings.filter((finding) => finding.explains.includes(checkId));
}

/** What came of trying a finding's remedy, in one line; undefined where it was not to be tried. */
export function proofLine({ proof }: Finding): string | undefined {
  return proof === undefined ? undefined : `${proof.outcome}: ${proof.sentence}`;
}

/** What all remedies that are proved do to all that failed, as a sentence. */
export function repairedSentence({ repaired }: Report): string | undefined {
  if (repaired === undefined) return undefined;
  const { command, patch, checks } = repaired;
  const groups = Map.groupBy(checks, ({ outcome }) => outcome);
  const told = Array.from(groups, ([outcome, list]) => `${outcome}: ${list.map(({ id, sentence }) => (
    sentence === undefined ? id : `${id} (${sentence})`
  )).join(', ')}`);
  return `with all that is proved, built by ${command}: ${told.join('; ')}${patch === undefined ? '' : `. It is in ${patch}, beside the ` +
    "report: git apply it in the project's folder and rebuild"}`;
}

/** Checks that need a reader: failed ones first, then those that could not be judged. */
export function troubled(report: Report): CheckResult[] {
  return [...withOutcome(report.checks, 'fail'), ...withOutcome(report.checks, 'inconclusive')];
}

/** The checks that came out so. */
export function withOutcome(checks: readonly CheckResult[], outcome: Outcome): CheckResult[] {
  return checks.filter((check) => check.outcome === outcome);
}

/** Checks with one and the same reason, for example a missing server, which is told once; in the order of the checks. */
export function byReason(checks: readonly CheckResult[]): CheckResult[][] {
  return [...Map.groupBy(checks, ({ reason }) => reason).values()];
}

/** Ids that this run owed, or that decided its verdict, although no check of that id is in the report: they never ran. */
export function neverRan(report: Report): string[] {
  const ran = new Set(report.checks.map((check) => check.id));
  return [...new Set([...report.verdict.decidedBy, ...report.expectedIds])].filter((id) => !ran.has(id));
}

/** The checks by area, in the order of the suites; areas without a check are left out. */
export function byArea(report: Report): { readonly area: Area; readonly checks: readonly CheckResult[] }[] {
  return areas
    .map((area) => ({ area, checks: report.checks.filter((check) => check.area === area) }))
    .filter(({ checks }) => checks.length > 0);
}

/** `7 passed, 1 failed, 2 inconclusive, 1 not applicable`; what is zero is left out. */
export function countOutcomes(checks: readonly Pick<CheckResult, 'outcome'>[], unjudged = 'inconclusive'): string {
  const words = [['pass', 'passed'], ['fail', 'failed'], ['inconclusive', unjudged], ['not-applicable', 'not applicable']] as const;
  const counts = words.map(([outcome, word]) => [checks.filter((check) => check.outcome === outcome).length, word] as const);
  return counts.filter(([number]) => number > 0).map((parts) => parts.join(' ')).join(', ');
}

/** Emulated, partial, interrupted and every warning, as the sentences that stand at the top of each rendering. */
export function reservations(report: Report): string[] {
  const { emulation } = report.platform;
  return [
    ...(emulation === undefined ? [] : [`Emulated by ${emulation.by}: no machine of ${report.platform.id} has run it; times, CPU and ` +
      'memory are shown and not judged.']),
    ...(report.partial.length > 0 ? [`Partial run: ${report.partial.join('; ')}. The release gate refuses it.`] : []),
    ...(report.interrupted === null ? [] : [`Interrupted by ${report.interrupted}: the checks after it never ran.`]),
    ...report.warnings,
  ];
}
