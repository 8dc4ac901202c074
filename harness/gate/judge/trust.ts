import { areaOf } from '../../model/catalogue.ts';
import type { Release } from '../release.ts';
import type { Block } from '../../model/gate.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { shown } from '../shown.ts';
import { block, broken, someChecks, told, type Rule } from './block.ts';
import { recomputed, verdictFits } from './recompute.ts';

/** How far the clocks of two machines may differ. */
const skewMs = 300_000;

/** Whether the report is what its run wrote: the verdict of its checks, the files beside it, times that can be. */
export function trustBlocks({ report, beside }: ReadReport, { now }: Release): Block[] {
  const { platform: { id }, tool: { startedAt, endedAt }, verdict } = report;
  const anew = recomputed(report);
  const misplaced = report.checks.filter((check) => areaOf(check.id) !== check.area).map((check) => check.id);
  const faults = [
    ...told([
      [!verdictFits(report), `says ${verdict.outcome}, its checks say ${anew.outcome}: ${shown(anew.sentence, 300).replace(/\.$/, '')}`],
      [misplaced.length > 0, `puts ${someChecks(misplaced)} into another area than its own`],
    ]),
    ...beside.mismatches,
  ];
  const [start, end] = [shown(startedAt, 40), shown(endedAt, 40)];
  return broken(id, [
    ...faults.map((fault): Rule => [true, 'tampered', `its report ${fault}. It was changed after it was written: verify again.`]),
    [Date.parse(endedAt) < Date.parse(startedAt), 'clock', `its run ended (${end}) before it began (${start}). Set the clock of its ` +
      'machine and verify again.'],
    [Date.parse(endedAt) > now.getTime() + skewMs, 'clock', `its run ended in the future (${end}, here it is ${now.toISOString()}). Set ` +
      'the clocks and verify again.'],
  ]);
}

/** Errors outside the checks, and failures of server, services and machine; a report tells both as warnings, its verdict tells which. */
export function troubleBlocks({ report }: ReadReport): Block[] {
  const [first] = report.warnings;
  if (first === undefined) return [];
  const more = report.warnings.length > 1 ? ` and ${report.warnings.length - 1} more` : '';
  const cause = `${shown(first, 240)}${more}`;
  const { id } = report.platform;
  const outside = report.verdict.outcome === 'fail' && report.checks.every((check) => check.outcome !== 'fail');
  return [outside
    ? block('errors', `an error happened outside its checks: ${cause}. Repair it and verify again.`, id)
    : block('infrastructure', `something beside the executable went wrong in its run: ${cause}. Repair that and verify again.`, id)];
}
