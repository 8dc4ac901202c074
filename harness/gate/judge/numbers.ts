import { median } from 'simple-statistics';
import { limitOf } from '../../contract/catalogue.ts';
import { rowOf } from '../../model/catalogue.ts';
import type { Contract } from '../../contract/schema.ts';
import { formatValue } from '../../model/format.ts';
import type { CheckResult, Measurement, Report } from '../../model/report.ts';
import type { Release } from '../release.ts';
import type { Block } from '../../model/gate.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { shown } from '../shown.ts';
import { broken, told } from './block.ts';
import { knownContract } from './known-contract.ts';

/**
 * The numbers of a report against each other and, where the contract was handed over, against its budgets. All of it is told in one block.
 */
export function numberBlocks({ report }: ReadReport, release: Release): Block[] {
  const contract = knownContract(report, release);
  const faults = [
    ...report.checks.flatMap((check) => [...checkFaults(check, contract), ...budgetFaults(check, report)]),
    ...report.measurements.flatMap((measurement) => measurementFaults(measurement, report)),
  ];
  const more = faults.length > 1 ? `, and ${faults.length - 1} more such` : '';
  return broken(report.platform.id, [
    [faults.length > 0, 'contradictory', `its report contradicts itself: ${faults[0]}${more}. Verify again.`],
  ]);
}

function checkFaults({ id, outcome, value, limit, unit }: CheckResult, contract: Contract | undefined): string[] {
  const name = shown(id, 80);
  const row = rowOf(id);
  const budget = row && contract && limitOf(row, contract);
  const inUnit = (number: number) => formatValue(number, unit === undefined ? undefined : shown(unit, 20));
  const isLimit = limit !== undefined && Number.isFinite(limit) && limit > 0;
  const passed = outcome === 'pass';
  return told([
    [limit !== undefined && !isLimit, `${name} has the limit ${limit}, which limits nothing`],
    [value !== undefined && !(Number.isFinite(value) && value >= 0), `${name} has the value ${value}`],
    [passed && isLimit && (value ?? 0) > limit, `${name} passed with ${inUnit(value ?? 0)}, its limit is ${inUnit(limit ?? 0)}`],
    [passed && budget !== undefined && limit !== budget, `${name} was judged by ${limit === undefined ? 'no limit' : inUnit(limit)}, ` +
      `the contract says ${formatValue(budget ?? 0, row?.budget?.unit)}`],
  ]);
}

/** A check that a budget judges passes by a number: its value, in the unit of the budget, of what was measured. */
function budgetFaults({ id, outcome, value, limit, unit }: CheckResult, { contract, subject, measurements }: Report): string[] {
  const row = rowOf(id);
  if (row?.budget === undefined || outcome !== 'pass') return [];
  const measured = measurements.filter(({ metric, variant }) => metric === id && variant === 'subject');
  const foreign = measured.find((one) => one.unit !== row.budget?.unit);
  const size = row.value === 'file size' ? subject?.sizeBytes : undefined;
  return told([
    [value === undefined, `${id} passed without a value`],
    // Without the contract in hand nobody else asks for a limit; a run without any contract has its own block.
    [limit === undefined && contract !== null, `${id} passed without a limit`],
    [value !== undefined && unit !== row.budget.unit, `${id} is in ${unit === undefined ? 'no unit' : shown(unit, 20)}, its budget is ` +
      `in ${row.budget.unit}`],
    [row.value === 'median' && measured.length === 0, `${id} passed without a measurement`],
    [foreign !== undefined, `${id} was measured in ${foreign?.unit}, its budget is in ${row.budget.unit}`],
    [size !== undefined && value !== undefined && value !== size, `${id} was judged by ${value} bytes, the executable has ${size}`],
  ]);
}

function measurementFaults({ metric, variant, samples, median: stored, limit, unit }: Measurement, { checks }: Report): string[] {
  const [name, id] = [`${shown(metric, 80)} of ${variant}`, shown(metric, 80)];
  if (samples.length === 0) return [`${name} has no sample`];
  const check = variant === 'subject' ? checks.find((one) => one.id === metric) : undefined;
  // Only there the value of the check is the median; a stop, for example, is judged by its slowest.
  const judged = rowOf(metric)?.value === 'median' ? check?.value : undefined;
  const negative = [stored, ...samples].find((number) => number < 0);
  return told([
    [negative !== undefined, `${name} holds ${formatValue(negative ?? 0, unit)}`],
    [!near(stored, median(samples)), `the median of ${name} is ${formatValue(median(samples), unit)}, not ${formatValue(stored, unit)}`],
    [judged !== undefined && !near(judged, stored), `${id} was judged by ${formatValue(judged ?? 0, unit)}, its median is ` +
      formatValue(stored, unit)],
    [limit !== undefined && check?.limit !== undefined && limit !== check.limit, `${id} has two limits`],
  ]);
}

/** The same number, rounding of the last digits aside. */
function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}
