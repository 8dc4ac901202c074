import type { CheckResult, Report, Verdict } from '../../model/report.ts';
import { judge } from '../../judge/verdict.ts';

/**
 * The verdicts that a run with these checks can have ended with; the first one is as strict as the report allows. A report tells
 * errors outside the checks and failures of the infrastructure alike as warnings, so both readings of them are tried.
 */
function possibleVerdicts(report: Report, checks: readonly CheckResult[]): readonly [Verdict, ...Verdict[]] {
  const { subject, expectedIds, partial, interrupted, contract, warnings, platform: { emulation } } = report;
  const run = {
    checks, expectedIds, partial, interrupted, unhandledErrors: [], infrastructureErrors: [],
    subjectChanged: subject !== null && subject.sha256After !== subject.sha256Before, contractGiven: contract !== null,
    emulatedBy: emulation?.by,
  };
  if (warnings.length === 0) return [judge(run)];
  return [judge({ ...run, unhandledErrors: warnings }), judge({ ...run, infrastructureErrors: warnings })];
}

/** The verdict worked out anew. Of two readings it is the one that the report has taken; the stored verdict counts for nothing else. */
export function recomputed(report: Report, checks: readonly CheckResult[] = report.checks): Verdict {
  const verdicts = possibleVerdicts(report, checks);
  return verdicts.find(({ outcome }) => outcome === report.verdict.outcome) ?? verdicts[0];
}

/** Whether the stored verdict is one that its checks can have ended with; its sentence is not compared: versions word it differently. */
export function verdictFits(report: Report): boolean {
  const { outcome, decidedBy } = report.verdict;
  return possibleVerdicts(report, report.checks).some((verdict) => verdict.outcome === outcome
    && verdict.decidedBy.length === decidedBy.length && decidedBy.every((id) => verdict.decidedBy.includes(id)));
}
