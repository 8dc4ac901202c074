import { catalogue } from '../../contract/catalogue.ts';
import { count } from '../../report/format.ts';
import type { Report } from '../../report/model.ts';
import type { Facts } from '../facts.ts';
import type { Block } from '../model.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { shown } from '../shown.ts';
import { block, someChecks } from './block.ts';

/** No platform and no contract can make these not applicable; without them nothing has been verified. */
export const indispensable = ['artifact.format', 'artifact.architecture', 'artifact.size', 'startup.ready', 'registration.pollers', 'registration.types'] as const;

/** What a report leaves open: partial and interrupted runs, checks that never ran, that ran twice, or that say not applicable without a right to. */
export function completenessBlocks({ report }: ReadReport, facts: Facts): Block[] {
  const { platform: { id }, interrupted, checks } = report;
  const silent = checks.filter((check) => check.outcome === 'not-applicable' && !check.reason?.trim()).map((check) => check.id);
  const impossible = checks.filter((check) => check.outcome === 'not-applicable' && indispensable.some((name) => name === check.id)).map((check) => check.id);
  const twice = [...Map.groupBy(checks, (check) => check.id)].filter(([, same]) => same.length > 1).map(([name]) => name);
  const notRun = unanswered(report, facts);
  const rest = notRun.length > 0 ? `, ${count(notRun.length, 'check')} never ran` : '';
  return [
    ...partialBlocks(report),
    ...(interrupted === null ? [] : [block('interrupted', `its run was interrupted by ${shown(interrupted, 40)}${rest}. Verify again and let it end.`, id)]),
    ...(checks.every((check) => check.outcome === 'not-applicable') ? [block('no-checks', `its report holds ${checks.length === 0 ? 'no check' : 'no check that ran'}. A report of nothing proves nothing: verify again.`, id)] : []),
    ...(notRun.length > 0 && interrupted === null ? [block('incomplete', `${count(notRun.length, 'check')} that it owes ${notRun.length === 1 ? 'has' : 'have'} no answer: ${someChecks(notRun)}. Verify again with this version of frostgate, without --only.`, id)] : []),
    ...(twice.length > 0 ? [block('duplicate-check', `${someChecks(twice)} ${twice.length === 1 ? 'stands' : 'stand'} twice in its report. One run answers once: verify again.`, id)] : []),
    ...(silent.length > 0 ? [block('not-applicable', `${someChecks(silent)} ${silent.length === 1 ? 'is' : 'are'} not applicable without a reason. A skip without a reason counts as not run: verify again.`, id)] : []),
    ...(impossible.length > 0 ? [block('not-applicable', `${someChecks(impossible)} cannot be not applicable on any platform. Verify again on a machine of this platform.`, id)] : []),
  ];
}

function partialBlocks({ platform: { id }, partial, tool }: Report): Block[] {
  const reasons = [...partial.map((reason) => shown(reason, 80)), ...(tool.profile === 'quick' && partial.length === 0 ? ['--profile quick'] : [])];
  return reasons.length === 0 ? [] : [block('partial', `its run was partial (${reasons.join(', ')}). A release needs a whole one: verify again without that.`, id)];
}

/**
 * Ids without an answer: of those that the report says it owed and, for a whole run, of those that its contract gives where it was
 * handed over, else of those that every contract gives. Which signals a contract asks for cannot be known without it.
 */
export function unanswered({ checks, expectedIds, contract, partial }: Report, facts: Facts): string[] {
  const answered = new Set(checks.map((check) => check.id));
  const known = facts.contract !== undefined && contract?.sha256 === facts.contract.sha256 ? facts.contract.contract : undefined;
  const owed = partial.length > 0 ? [] : catalogue(known).map((spec) => spec.id).filter((id) => known !== undefined || !id.startsWith('shutdown.sig'));
  return [...new Set([...expectedIds, ...owed])].filter((id) => !answered.has(id));
}
