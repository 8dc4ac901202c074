import { areaOf } from '../../model/explain.ts';
import type { Facts } from '../facts.ts';
import type { Block } from '../../model/gate.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { shown } from '../shown.ts';
import { block, someChecks } from './block.ts';
import { recomputed, verdictFits } from './recompute.ts';

/** How far the clocks of two machines may differ. */
const skewMs = 300_000;

/** Whether the report is what its run wrote: the verdict of its checks, the files beside it, times that can be. */
export function trustBlocks({ report, beside }: ReadReport, { now }: Facts): Block[] {
  const { platform: { id }, tool: { startedAt, endedAt }, verdict } = report;
  const anew = recomputed(report);
  const misplaced = report.checks.filter((check) => areaOf(check.id) !== check.area).map((check) => check.id);
  const faults = [
    ...(verdictFits(report) ? [] : [`says ${verdict.outcome}, its checks say ${anew.outcome}: ` +
      shown(anew.sentence, 300).replace(/\.$/, '')]),
    ...(misplaced.length > 0 ? [`puts ${someChecks(misplaced)} into another area than its own`] : []),
    ...beside.mismatches,
  ];
  const early = Date.parse(endedAt) < Date.parse(startedAt);
  const late = Date.parse(endedAt) > now.getTime() + skewMs;
  return [
    ...faults.map((fault) => block('tampered', `its report ${fault}. It was changed after it was written: verify again.`, id)),
    ...(early ? [block('clock', `its run ended (${shown(endedAt, 40)}) before it began (${shown(startedAt, 40)}). Set the clock of its ` +
      'machine and verify again.', id)] : []),
    ...(late ? [block('clock', `its run ended in the future (${shown(endedAt, 40)}, here it is ${now.toISOString()}). Set the clocks ` +
      'and verify again.', id)] : []),
  ];
}

/** Errors outside the checks, and failures of server, services and machine; a report tells both as warnings, its verdict tells which. */
export function troubleBlocks({ report }: ReadReport): Block[] {
  const [first] = report.warnings;
  if (first === undefined) return [];
  const more = report.warnings.length > 1 ? ` and ${report.warnings.length - 1} more` : '';
  const cause = `${shown(first, 240)}${more}`;
  const { id } = report.platform;
  if (report.verdict.outcome !== 'fail' || report.checks.some((check) => check.outcome === 'fail')) {
    return [block('infrastructure', `something beside the executable went wrong in its run: ${cause}. Repair that and verify again.`, id)];
  }
  return [block('errors', `an error happened outside its checks: ${cause}. Repair it and verify again.`, id)];
}
