import { catalogue } from '../../contract/catalogue.ts';
import { areaOf, rowOf } from '../../model/catalogue.ts';
import { count } from '../../model/format.ts';
import type { Report } from '../../model/report.ts';
import type { Release } from '../release.ts';
import type { Block } from '../../model/gate.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { shown } from '../shown.ts';
import { agreeing, broken, someChecks } from './block.ts';
import { knownContract } from './known-contract.ts';

/** Of these every contract gives at least one, if only one. */
const atLeastOne = catalogue(undefined).filter(({ id }) => rowOf(id)?.atLeastOne);

/** What a report leaves open: partial and interrupted runs, checks that never ran, or that ran twice. */
export function completenessBlocks({ report }: ReadReport, release: Release): Block[] {
  const { platform: { id }, interrupted, checks, partial, tool } = report;
  const twice = [...Map.groupBy(checks, (check) => check.id)].filter(([, same]) => same.length > 1).map(([name]) => name);
  const notRun = unanswered(report, release);
  const rest = notRun.length > 0 ? `, ${count(notRun.length, 'check')} never ran` : '';
  const reasons = partial.length === 0 && tool.profile === 'quick' ? ['--profile quick'] : partial.map((reason) => shown(reason, 80));
  return broken(id, [
    [reasons.length > 0, 'partial', `its run was partial (${reasons.join(', ')}). A release needs a whole one: verify again without that.`],
    [interrupted !== null, 'interrupted', `its run was interrupted by ${shown(interrupted ?? '', 40)}${rest}. Verify again and let it ` +
      'end.'],
    [checks.every((check) => check.outcome === 'not-applicable'), 'no-checks', 'its report holds ' +
      `${checks.length === 0 ? 'no check' : 'no check that ran'}. A report of nothing proves nothing: verify again.`],
    [notRun.length > 0 && interrupted === null, 'incomplete', `${count(notRun.length, 'check')} that it owes ` +
      `${agreeing(notRun, 'has', 'have')} no answer: ${someChecks(notRun)}. Verify again with this version of frostgate, without --only.`],
    [twice.length > 0, 'duplicate-check', `${someChecks(twice)} ${agreeing(twice, 'stands', 'stand')} twice in its report. One run ` +
      'answers once: verify again.'],
    [interrupted === null && lacksStops(report, release), 'incomplete', 'no check in it says how the worker ends by a signal ' +
      `(${atLeastOne.map((spec) => spec.id).join(' or ')}). Verify again with this version of frostgate, or name ` +
        'the contract with --contract.'],
  ]);
}

/**
 * Ids without an answer: of those that the report says it owed and, for a whole run, of those that its contract gives where it was
 * handed over, else of those that every contract gives. Which signals a contract asks for cannot be known without it.
 */
export function unanswered(report: Report, release: Release): string[] {
  const { checks, expectedIds, partial } = report;
  const answered = new Set(checks.map((check) => check.id));
  const known = knownContract(report, release);
  const ids = partial.length > 0 ? [] : catalogue(known).map((spec) => spec.id);
  const owed = known === undefined ? ids.filter((id) => rowOf(id)?.stop === undefined) : ids;
  return [...new Set([...expectedIds, ...owed])].filter((id) => !answered.has(id));
}

/** Which signals a contract asks for is not known without it, but a whole run tries at least one of them where it tries a stop at all. */
function lacksStops(report: Report, release: Release): boolean {
  const { checks, expectedIds, partial } = report;
  if (partial.length > 0 || knownContract(report, release) !== undefined) return false;
  const ids = [...checks.map(({ id }) => id), ...expectedIds];
  return atLeastOne.some(({ area }) => ids.some((id) => areaOf(id) === area)) && !ids.some((id) => rowOf(id)?.atLeastOne);
}
