import type { CheckResult } from '../../model/report.ts';
import type { Release } from '../release.ts';
import type { Block } from '../../model/gate.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { shown } from '../shown.ts';
import { broken, someChecks } from './block.ts';
import { holds, isAbout, isExcused } from './excuse.ts';

/** What the checks of a report say against the release: failed and inconclusive ones that no waiver excuses. */
export function outcomeBlocks({ report, file }: ReadReport, { waivers, now }: Release): Block[] {
  const { id } = report.platform;
  const causeOf = (check: CheckResult) => report.findings.find(({ explains }) => explains.includes(check.id))?.cause;
  const left = report.checks.filter((check) => !isExcused(check, report, waivers, now));
  const of = (outcome: CheckResult['outcome']) => left.filter((check) => check.outcome === outcome);
  const [failed, unjudged] = [of('fail'), of('inconclusive')];
  const late = waivers.filter((waiver) => !holds(waiver, now) && [...failed, ...unjudged].some((check) => isAbout(waiver, check, report)));
  const ended = late.map(({ id: checkId, until }) => ` The waiver of ${shown(checkId, 80)} ended on ${until}.`).join('');
  return broken(id, [
    [failed.length > 0, 'red', `${troubles(failed, 'failed', causeOf)}. Its report (${file}) tells the remedy: repair the worker, build ` +
      `and verify it again.${ended}`],
    [unjudged.length > 0, 'inconclusive', `${troubles(unjudged, 'could not be judged', causeOf)}. Give the run what it lacked and verify ` +
      `again: this is no pass.${failed.length > 0 ? '' : ended}`],
    [report.contract === null, 'inconclusive', 'it was verified without a contract, so that most promises were not looked at. Write a ' +
      'worker-contract.yaml and verify again.'],
  ]);
}

function troubles(checks: readonly CheckResult[], what: string, causeOf: (check: CheckResult) => string | undefined): string {
  const reason = checks.map(causeOf).find((cause) => cause !== undefined) ?? checks.find((check) => check.reason)?.reason;
  return `${someChecks(checks.map((check) => check.id))} ${what}${reason === undefined ? '' : ` (${shown(reason, 200)})`}`;
}
