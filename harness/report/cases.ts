import { areaOf } from '../model/catalogue.ts';
import { neverRan } from '../model/explain.ts';
import type { Area, CheckResult, Outcome, Report } from '../model/report.ts';

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
  const own = [...report.checks.map(checkCase), ...neverRan(report).map((id) => missingCase(id, report))];
  const { outcome, sentence } = report.verdict;
  const explained = own.some((one) => one.outcome === 'fail') || (
    outcome === 'inconclusive' && own.some((one) => one.outcome === 'inconclusive')
  );
  if (outcome === 'pass' || explained) return own;
  return [{ kind: 'verdict', id: 'run.verdict', area: 'run', outcome, reason: sentence }, ...own];
}

function checkCase(check: CheckResult): Case {
  return { kind: 'check', id: check.id, area: check.area, outcome: check.outcome, reason: check.reason ?? check.title, check };
}

function missingCase(id: string, report: Report): Case {
  return { kind: 'never ran', id, area: areaOf(id) ?? 'run', outcome: 'inconclusive', reason: report.verdict.sentence };
}
