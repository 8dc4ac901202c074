import { median } from 'simple-statistics';
import type { Contract } from '../../contract/schema.ts';
import { formatValue } from '../../report/format.ts';
import type { CheckResult, Measurement, Report } from '../../report/model.ts';
import type { Facts } from '../facts.ts';
import type { Block } from '../model.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { shown } from '../shown.ts';
import { block } from './block.ts';

/** The numbers of a report against each other and, where the contract was handed over, against its budgets. All of it is told in one block. */
export function numberBlocks({ report }: ReadReport, { contract }: Facts): Block[] {
  const budgets = contract !== undefined && contract.sha256 === report.contract?.sha256 ? limitsOf(contract.contract) : new Map<string, number>();
  const faults = [
    ...report.checks.flatMap((check) => checkFaults(check, budgets.get(check.id))),
    ...report.measurements.flatMap((measurement) => measurementFaults(measurement, report)),
  ];
  const [first] = faults;
  if (first === undefined) return [];
  const more = faults.length > 1 ? `, and ${faults.length - 1} more such` : '';
  return [block('contradictory', `its report contradicts itself: ${first}${more}. Verify again.`, report.platform.id)];
}

function checkFaults({ id, outcome, value, limit, unit }: CheckResult, budget: number | undefined): string[] {
  const name = shown(id, 80);
  const shownUnit = unit === undefined ? undefined : shown(unit, 20);
  const isLimit = limit !== undefined && Number.isFinite(limit) && limit > 0;
  return [
    ...(limit === undefined || isLimit ? [] : [`${name} has the limit ${limit}, which limits nothing`]),
    ...(value === undefined || Number.isFinite(value) ? [] : [`${name} has the value ${value}`]),
    ...(outcome === 'pass' && value !== undefined && isLimit && value > limit ? [`${name} passed with ${formatValue(value, shownUnit)}, its limit is ${formatValue(limit, shownUnit)}`] : []),
    ...(outcome !== 'pass' || budget === undefined || limit === budget ? [] : [`${name} was judged by ${limit === undefined ? 'no limit' : formatValue(limit, shownUnit)}, the contract says ${formatValue(budget, shownUnit)}`]),
  ];
}

function measurementFaults({ metric, variant, samples, median: stored, limit, unit }: Measurement, { checks }: Report): string[] {
  const name = `${shown(metric, 80)} of ${variant}`;
  if (samples.length === 0) return [`${name} has no sample`];
  const check = variant === 'subject' ? checks.find(({ id }) => id === metric) : undefined;
  // Only there the value of the check is the median; a stop, for example, is judged by its slowest.
  const judged = metric.startsWith('performance.') ? check?.value : undefined;
  return [
    ...(near(stored, median(samples)) ? [] : [`the median of ${name} is ${formatValue(median(samples), unit)}, not ${formatValue(stored, unit)}`]),
    ...(judged === undefined || near(judged, stored) ? [] : [`${shown(metric, 80)} was judged by ${formatValue(judged, unit)}, its median is ${formatValue(stored, unit)}`]),
    ...(limit === undefined || check?.limit === undefined || limit === check.limit ? [] : [`${shown(metric, 80)} has two limits`]),
  ];
}

/** The same number, rounding of the last digits aside. */
function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

/** The limits that a contract sets, in the units of the checks. */
function limitsOf({ budgets }: Contract): ReadonlyMap<string, number> {
  return new Map([
    ['artifact.size', budgets.sizeMb * 1e6],
    ['startup.ready', budgets.readySeconds * 1e3],
    ['performance.version', budgets.versionSeconds * 1e3],
    ['performance.ready', budgets.readySeconds * 1e3],
    ['performance.memory', budgets.memoryMb * 1e6],
    ['performance.disk', budgets.diskMb * 1e6],
  ]);
}
