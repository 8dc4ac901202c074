import { median } from 'simple-statistics';
import type { Contract } from '../../contract/schema.ts';
import { formatValue } from '../../model/format.ts';
import type { CheckResult, Measurement, Report } from '../../model/report.ts';
import type { Facts } from '../facts.ts';
import type { Block } from '../../model/gate.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { shown } from '../shown.ts';
import { block } from './block.ts';
import { knownContract } from './known-contract.ts';

type Unit = 'ms' | 'bytes';

/** The checks that a budget judges, and the unit of their numbers. */
const budgetUnits: ReadonlyMap<string, Unit> = new Map([
  ['artifact.size', 'bytes'],
  ['startup.ready', 'ms'],
  ['performance.version', 'ms'],
  ['performance.ready', 'ms'],
  ['performance.memory', 'bytes'],
  ['performance.disk', 'bytes'],
]);

/**
 * The numbers of a report against each other and, where the contract was handed over, against its budgets. All of it is told in one block.
 */
export function numberBlocks({ report }: ReadReport, facts: Facts): Block[] {
  const contract = knownContract(report, facts);
  const budgets = contract === undefined ? new Map<string, number>() : limitsOf(contract);
  const faults = [
    ...report.checks.flatMap((check) => [...checkFaults(check, budgets.get(check.id)), ...budgetFaults(check, report)]),
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
    ...(value === undefined || (Number.isFinite(value) && value >= 0) ? [] : [`${name} has the value ${value}`]),
    ...(outcome === 'pass' && value !== undefined && isLimit && value > limit ? [`${name} passed with ` +
      `${formatValue(value, shownUnit)}, its limit is ${formatValue(limit, shownUnit)}`] : []),
    ...(outcome !== 'pass' || budget === undefined || limit === budget ? [] : [`${name} was judged by ` +
      `${limit === undefined ? 'no limit' : formatValue(limit, shownUnit)}, the contract says ` +
        formatValue(budget, budgetUnits.get(id))]),
  ];
}

/** A check that a budget judges passes by a number: its value, in the unit of the budget, of what was measured. */
function budgetFaults({ id, outcome, value, limit, unit }: CheckResult, { contract, subject, measurements }: Report): string[] {
  const budgetUnit = budgetUnits.get(id);
  if (budgetUnit === undefined || outcome !== 'pass') return [];
  const measured = measurements.filter(({ metric, variant }) => metric === id && variant === 'subject');
  const foreign = measured.find((one) => one.unit !== budgetUnit);
  return [
    ...(value === undefined ? [`${id} passed without a value`] : []),
    // Without the contract in hand nobody else asks for a limit; a run without any contract has its own block.
    ...(limit === undefined && contract !== null ? [`${id} passed without a limit`] : []),
    ...(value === undefined || unit === budgetUnit ? [] : [`${id} is in ${unit === undefined ? 'no unit' : shown(unit, 20)}, its ` +
      `budget is in ${budgetUnit}`]),
    ...(id.startsWith('performance.') && measured.length === 0 ? [`${id} passed without a measurement`] : []),
    ...(foreign === undefined ? [] : [`${id} was measured in ${foreign.unit}, its budget is in ${budgetUnit}`]),
    ...(id !== 'artifact.size' || value === undefined || subject === null || value === subject.sizeBytes ? [] : [
      `artifact.size was judged by ${value} bytes, the executable has ${subject.sizeBytes}`,
    ]),
  ];
}

function measurementFaults({ metric, variant, samples, median: stored, limit, unit }: Measurement, { checks }: Report): string[] {
  const name = `${shown(metric, 80)} of ${variant}`;
  if (samples.length === 0) return [`${name} has no sample`];
  const check = variant === 'subject' ? checks.find(({ id }) => id === metric) : undefined;
  // Only there the value of the check is the median; a stop, for example, is judged by its slowest.
  const judged = metric.startsWith('performance.') ? check?.value : undefined;
  const negative = [stored, ...samples].find((number) => number < 0);
  return [
    ...(negative === undefined ? [] : [`${name} holds ${formatValue(negative, unit)}`]),
    ...(near(stored, median(samples)) ? [] : [`the median of ${name} is ${formatValue(median(samples), unit)}, not ` +
      formatValue(stored, unit)]),
    ...(judged === undefined || near(judged, stored) ? [] : [`${shown(metric, 80)} was judged by ${formatValue(judged, unit)}, its ` +
      `median is ${formatValue(stored, unit)}`]),
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
