import { catalogue } from '../../contract/catalogue.ts';
import { count } from '../../model/format.ts';
import type { Report } from '../../model/report.ts';
import type { Facts } from '../facts.ts';
import type { Block } from '../../model/gate.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { shown } from '../shown.ts';
import { block, someChecks } from './block.ts';
import { knownContract } from './known-contract.ts';

/** What a report leaves open: partial and interrupted runs, checks that never ran, or that ran twice. */
export function completenessBlocks({ report }: ReadReport, facts: Facts): Block[] {
  const { platform: { id }, interrupted, checks } = report;
  const twice = [...Map.groupBy(checks, (check) => check.id)].filter(([, same]) => same.length > 1).map(([name]) => name);
  const notRun = unanswered(report, facts);
  const rest = notRun.length > 0 ? `, ${count(notRun.length, 'check')} never ran` : '';
  return [
    ...partialBlocks(report),
    ...(interrupted === null ? [] : [block('interrupted', `its run was interrupted by ${shown(interrupted, 40)}${rest}. Verify again ` +
      'and let it end.', id)]),
    ...(checks.every((check) => check.outcome === 'not-applicable') ? [block('no-checks', 'its report holds ' +
      `${checks.length === 0 ? 'no check' : 'no check that ran'}. A report of nothing proves nothing: verify again.`, id)] : []),
    ...(notRun.length > 0 && interrupted === null ? [block('incomplete', `${count(notRun.length, 'check')} that it owes ` +
      `${notRun.length === 1 ? 'has' : 'have'} no answer: ${someChecks(notRun)}. Verify again with this version of frostgate, without ` +
        '--only.', id)] : []),
    ...(twice.length > 0 ? [block('duplicate-check', `${someChecks(twice)} ${twice.length === 1 ? 'stands' : 'stand'} twice in its ` +
      'report. One run answers once: verify again.', id)] : []),
    ...(interrupted === null && lacksStops(report, facts) ? [block('incomplete', 'no check in it says how the worker ends by a signal ' +
      '(shutdown.sigterm.parent.idle or shutdown.sigint.parent.idle). Verify again with this version of frostgate, or name the ' +
        'contract with --contract.', id)] : []),
  ];
}

function partialBlocks({ platform: { id }, partial, tool }: Report): Block[] {
  const reasons = [
    ...partial.map((reason) => shown(reason, 80)), ...(tool.profile === 'quick' && partial.length === 0 ? ['--profile quick'] : []),
  ];
  return reasons.length === 0 ? [] : [block('partial', `its run was partial (${reasons.join(', ')}). A release needs a whole one: ` +
    'verify again without that.', id)];
}

/**
 * Ids without an answer: of those that the report says it owed and, for a whole run, of those that its contract gives where it was
 * handed over, else of those that every contract gives. Which signals a contract asks for cannot be known without it.
 */
export function unanswered(report: Report, facts: Facts): string[] {
  const { checks, expectedIds, partial } = report;
  const answered = new Set(checks.map((check) => check.id));
  const known = knownContract(report, facts);
  const owed = partial.length > 0
    ? []
    : catalogue(known).map((spec) => spec.id).filter((id) => known !== undefined || !id.startsWith('shutdown.sig'));
  return [...new Set([...expectedIds, ...owed])].filter((id) => !answered.has(id));
}

/** Which signals a contract asks for is not known without it, but a whole run tries at least one of them where it tries a stop at all. */
function lacksStops(report: Report, facts: Facts): boolean {
  const { checks, expectedIds, partial } = report;
  if (partial.length > 0 || knownContract(report, facts) !== undefined) return false;
  const stops = [...checks.map(({ id }) => id), ...expectedIds].filter((id) => id.startsWith('shutdown.'));
  return stops.length > 0 && !stops.some((id) => /^shutdown\.sig[a-z0-9]+\.parent\.idle$/.test(id));
}
