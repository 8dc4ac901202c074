import type { CheckResult, Report, Verdict } from '../../model/report.ts';
import { judge, type Judged } from '../../judge/verdict.ts';

/** What a report says beside its checks, as the verdict's rules want it. */
function judged(report: Report, checks: readonly CheckResult[]): Judged {
  const { subject, expectedIds, partial, interrupted, contract } = report;
  return {
    checks,
    expectedIds,
    partial,
    interrupted,
    unhandledErrors: [],
    infrastructureErrors: [],
    subjectChanged: subject !== null && subject.sha256After !== subject.sha256Before,
    contractGiven: contract !== null,
  };
}

/**
 * The verdicts that a run with these checks can have ended with; the first one is as strict as the report allows. A report tells
 * errors outside the checks and failures of the infrastructure alike as warnings, so both readings of them are tried.
 */
function possibleVerdicts(report: Report, checks: readonly CheckResult[] = report.checks): readonly [Verdict, ...Verdict[]] {
  const run = judged(report, checks);
  if (report.warnings.length === 0) return [judge(run)];
  return [judge({ ...run, unhandledErrors: report.warnings }), judge({ ...run, infrastructureErrors: report.warnings })];
}

/**
 * The verdict worked out anew. Of two readings it is the one that the report itself has taken; the stored verdict counts for nothing else.
 */
export function recomputed(report: Report, checks?: readonly CheckResult[]): Verdict {
  const verdicts = possibleVerdicts(report, checks);
  return verdicts.find(({ outcome }) => outcome === report.verdict.outcome) ?? verdicts[0];
}

/**
 * Whether the stored verdict is one that its checks can have ended with. The sentence is not compared: its wording is another version's.
 */
export function verdictFits(report: Report): boolean {
  const { outcome, decidedBy } = report.verdict;
  return possibleVerdicts(report).some((verdict) => verdict.outcome === outcome && sameIds(verdict.decidedBy, decidedBy));
}

function sameIds(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && new Set([...some, ...others]).size === new Set(some).size;
}
