import { catalogue } from '../../contract/catalogue.ts';
import { areaOf, rowOf } from '../../model/catalogue.ts';
import type { Contract } from '../../contract/schema.ts';
import { count } from '../../model/format.ts';
import { soakOwes } from '../../model/soak.ts';
import type { CheckResult, Report } from '../../model/report.ts';
import type { ReadReport } from '../read/read-reports.ts';
import type { Release } from '../release.ts';
import { shown } from '../shown.ts';
import { holds, isAbout, isExcused } from '../waivers.ts';
import { agreeing, someChecks, type Fault, type Faults } from './block.ts';

/** Of these every contract gives at least one, if only one. */
const atLeastOne = catalogue(undefined).filter(({ id }) => rowOf(id)?.atLeastOne);

/** The contract that a report was made with, where it was handed over; undefined when there is none or another one. */
export function knownContract({ contract: used }: Report, { contract: given }: Release): Contract | undefined {
  return given !== undefined && used?.sha256 === given.sha256 ? given.contract : undefined;
}

/** What the checks of a report say against the release: failed and inconclusive ones that no waiver excuses. */
export function outcomeFaults({ report, file }: ReadReport, release: Release): Faults {
  const { waivers, now } = release;
  const left = report.checks.filter((check) => !isExcused(check, report, waivers, now));
  const [failed, unjudged] = [left.filter(({ outcome }) => outcome === 'fail'), left.filter(({ outcome }) => outcome === 'inconclusive')];
  const troubles = (checks: readonly CheckResult[], what: string) => {
    const cause = checks.flatMap(({ id }) => report.findings.find(({ explains }) => explains.includes(id)) ?? [])[0]?.cause;
    const reason = cause ?? checks.find((check) => check.reason)?.reason;
    return `${someChecks(checks.map(({ id }) => id))} ${what}${reason === undefined ? '' : ` (${shown(reason, 200)})`}`;
  };
  const late = waivers.filter((waiver) => !holds(waiver, now) && left.some((check) => isAbout(waiver, check, report)));
  const ended = late.map(({ id, until }) => ` The waiver of ${shown(id, 80)} ended on ${until}.`).join('');
  return [
    failed.length > 0 && ['red', `${troubles(failed, 'failed')}. Its report (${file}) tells the remedy: repair the worker, build and ` +
      `verify it again.${ended}`],
    unjudged.length > 0 && ['inconclusive', `${troubles(unjudged, 'could not be judged')}. Give the run what it lacked and verify again: ` +
      `this is no pass.${failed.length > 0 ? '' : ended}`],
    isUncompared(report, release) && ['inconclusive', 'it was verified without a baseline, although its contract has a source: nothing ' +
      'of it was compared with the worker as it runs from there. Verify again with --baseline.'],
    report.contract === null && ['inconclusive', 'it was verified without a contract, so that most promises were not looked at. Write a ' +
      'worker-contract.yaml and verify again.'],
  ];
}

function isUncompared(report: Report, release: Release): boolean {
  return report.baseline === null && knownContract(report, release)?.source !== undefined;
}

/** What a report leaves open: partial and interrupted runs, checks that never ran, or that ran twice. */
export function completenessFaults({ report, beside }: ReadReport, release: Release): Faults {
  const { interrupted, checks, partial, tool } = report;
  const twice = [...Map.groupBy(checks, ({ id }) => id)].filter(([, same]) => same.length > 1).map(([id]) => id);
  const notRun = unanswered(report, release);
  const rest = notRun.length > 0 ? `, ${count(notRun.length, 'check')} never ran` : '';
  const reasons = partial.length === 0 && tool.profile === 'quick' ? ['--profile quick'] : partial.map((reason) => shown(reason, 80));
  return [
    reasons.length > 0 && ['partial', `its run was partial (${reasons.join(', ')}). A release needs a whole one: verify again without ` +
      'that.'],
    soakFault(report, release),
    interrupted !== null && ['interrupted', `its run was interrupted by ${shown(interrupted, 40)}${rest}. Verify again and let it end.`],
    checks.every(({ outcome }) => outcome === 'not-applicable') && ['no-checks', 'its report holds ' +
      `${checks.length === 0 ? 'no check' : 'no check that ran'}. A report of nothing proves nothing: verify again.`],
    notRun.length > 0 && interrupted === null && ['incomplete', `${count(notRun.length, 'check')} that it owes ` +
      `${agreeing(notRun, 'has', 'have')} no answer: ${someChecks(notRun)}. Verify again with this version of frostgate, without --only.`],
    ...beside.missing.map((what): Fault => ['incomplete', `its report ${what}. Hand over its whole folder as it was written.`]),
    twice.length > 0 && ['duplicate-check', `${someChecks(twice)} ${agreeing(twice, 'stands', 'stand')} twice in its report. One run ` +
      'answers once: verify again.'],
    interrupted === null && lacksStops(report, release) && ['incomplete', 'no check in it says how the worker ends by a signal ' +
      `(${atLeastOne.map(({ id }) => id).join(' or ')}). Verify again with this version of frostgate, or name the contract with ` +
      '--contract.'],
  ];
}

/** Where a soak is asked for, a run of another profile, or of one that was cut short, is not enough. */
function soakFault({ tool, endurance = { executions: 0, idleMs: 0 } }: Report, { profile }: Release): Fault | false {
  const minutes = endurance.idleMs / 60_000;
  const isSoak = tool.profile === 'soak' && endurance.executions >= soakOwes.executions && minutes >= soakOwes.idleMinutes;
  return profile === 'soak' && !isSoak && ['partial', `its run was no whole soak: profile ${tool.profile}, ${endurance.executions} ` +
    `executions after ${minutes.toFixed(1)} minutes idle, and --profile soak asks for ${soakOwes.executions} after ` +
    `${soakOwes.idleMinutes}. Verify again with --profile soak.`];
}

/**
 * Ids without an answer: of those that the report says it owed and, for a whole run, of those that its contract gives where it was
 * handed over, else of those that every contract gives. Which signals a contract asks for cannot be known without it.
 */
export function unanswered(report: Report, release: Release): string[] {
  const answered = new Set(report.checks.map(({ id }) => id));
  const known = knownContract(report, release);
  const ids = report.partial.length > 0 ? [] : catalogue(known, report.previous !== undefined).map(({ id }) => id);
  const owed = known === undefined ? ids.filter((id) => rowOf(id)?.stop === undefined) : ids;
  return [...new Set([...report.expectedIds, ...owed])].filter((id) => !answered.has(id));
}

/** Which signals a contract asks for is not known without it, but a whole run tries at least one of them where it tries a stop at all. */
function lacksStops(report: Report, release: Release): boolean {
  if (report.partial.length > 0 || knownContract(report, release) !== undefined) return false;
  const ids = [...report.checks.map(({ id }) => id), ...report.expectedIds];
  return atLeastOne.some(({ area }) => ids.some((id) => areaOf(id) === area)) && !ids.some((id) => rowOf(id)?.atLeastOne);
}
