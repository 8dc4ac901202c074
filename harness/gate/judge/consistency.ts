import { median } from 'simple-statistics';
import { catalogue, limitOf } from '../../contract/catalogue.ts';
import type { Contract } from '../../contract/schema.ts';
import { rowOf } from '../../model/catalogue.ts';
import { formatValue } from '../../model/format.ts';
import type { CheckRow } from '../../model/check-row.ts';
import type { CheckResult, Measurement, Report } from '../../model/report.ts';
import type { ReadReport } from '../read/read-reports.ts';
import type { Release } from '../release.ts';
import { shown } from '../shown.ts';
import { kept, someChecks, type Faults } from './block.ts';
import { knownContract } from './checks.ts';

type Texts = readonly (string | false)[];

/** What a report says against itself and against the contract, where that was handed over: all its numbers in one block, then its run. */
export function consistencyFaults({ report }: ReadReport, release: Release): Faults {
  const contract = knownContract(report, release);
  const numbers = kept([
    ...report.checks.flatMap((check) => [...checkFaults(check, contract, report), ...budgetFaults(check, report)]),
    ...report.measurements.flatMap((measurement) => measurementFaults(measurement, report)),
  ]);
  const more = numbers.length > 1 ? `, and ${numbers.length - 1} more such` : '';
  const others = kept([...runFaults(report), ...(contract === undefined ? [] : contractFaults(report, contract))]);
  return [
    numbers.length > 0 && ['contradictory', `its report contradicts itself: ${numbers[0]}${more}. Verify again.`],
    ...others.map((fault) => ['contradictory', `its report contradicts ${fault}`] as const),
  ];
}

function checkFaults({ id, outcome, value, limit, unit }: CheckResult, contract: Contract | undefined, { platform }: Report): Texts {
  const name = shown(id, 80);
  const row = rowOf(id);
  const budget = row && contract && !isUnlimited(row, platform) ? limitOf(row, contract) : undefined;
  const inUnit = (number: number) => formatValue(number, unit === undefined ? undefined : shown(unit, 20));
  const isLimit = limit !== undefined && Number.isFinite(limit) && limit > 0;
  const isPass = outcome === 'pass';
  return [
    limit !== undefined && !isLimit && `${name} has the limit ${limit}, which limits nothing`,
    value !== undefined && !(Number.isFinite(value) && value >= 0) && `${name} has the value ${value}`,
    isPass && isLimit && value !== undefined && value > limit && `${name} passed with ${inUnit(value)}, its limit is ${inUnit(limit)}`,
    isPass && budget !== undefined && limit !== budget && `${name} was judged by ${limit === undefined ? 'no limit' : inUnit(limit)}, ` +
      `the contract says ${formatValue(budget, row?.budget?.unit)}`,
  ];
}

/** What an emulated worker takes says nothing of what it takes on its platform. */
const isUnlimited = ({ budget }: CheckRow, { emulation }: Report['platform']): boolean => (
  emulation !== undefined && (budget?.unit === 'ms' || budget?.key === 'memoryMb')
);

/** A check that a budget judges passes by a number: its value, in the unit of the budget, of what was measured. */
function budgetFaults({ id, outcome, value, limit, unit }: CheckResult, { contract, subject, measurements, platform }: Report): Texts {
  const row = rowOf(id);
  if (row?.budget === undefined || outcome !== 'pass') return [];
  const inBudget = row.budget.unit;
  const measured = measurements.filter(({ metric, variant }) => metric === id && variant === 'subject');
  const foreign = measured.find((one) => one.unit !== inBudget);
  const size = row.value === 'file size' ? subject?.sizeBytes : undefined;
  return [
    value === undefined && `${id} passed without a value`,
    // Without the contract in hand nobody else asks for a limit; a run without any contract has its own block.
    limit === undefined && contract !== null && !isUnlimited(row, platform) && `${id} passed without a limit`,
    value !== undefined && unit !== inBudget && `${id} is in ${unit === undefined ? 'no unit' : shown(unit, 20)}, its budget is in ` +
      inBudget,
    row.value === 'median' && measured.length === 0 && `${id} passed without a measurement`,
    foreign !== undefined && `${id} was measured in ${foreign.unit}, its budget is in ${inBudget}`,
    size !== undefined && value !== undefined && value !== size && `${id} was judged by ${value} bytes, the executable has ${size}`,
  ];
}

function measurementFaults({ metric, variant, samples, median: stored, limit, unit }: Measurement, { checks }: Report): Texts {
  const [name, id] = [`${shown(metric, 80)} of ${variant}`, shown(metric, 80)];
  if (samples.length === 0) return [`${name} has no sample`];
  const check = variant === 'subject' ? checks.find((one) => one.id === metric) : undefined;
  // Only there the value of the check is the median; a stop, for example, is judged by its slowest.
  const judged = rowOf(metric)?.value === 'median' ? check?.value : undefined;
  const negative = [stored, ...samples].find((number) => number < 0);
  const inUnit = (number: number) => formatValue(number, unit);
  return [
    negative !== undefined && `${name} holds ${inUnit(negative)}`,
    !near(stored, median(samples)) && `the median of ${name} is ${inUnit(median(samples))}, not ${inUnit(stored)}`,
    judged !== undefined && !near(judged, stored) && `${id} was judged by ${inUnit(judged)}, its median is ${inUnit(stored)}`,
    limit !== undefined && check?.limit !== undefined && limit !== check.limit && `${id} has two limits`,
  ];
}

/** The same number, rounding of the last digits aside. */
function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

function runFaults({ checks, server, tool, partial }: Report): Texts {
  const served = passed(checks).filter((id) => rowOf(id)?.needs?.includes('server'));
  // A quick run that does not say so is told as a partial one.
  const filter = partial.length === 0 && tool.profile !== 'quick' && filterOf(tool.commandLine);
  return [
    server === null && served.length > 0 && `itself: it had no Temporal server, and ${someChecks(served)} passed. Verify again.`,
    tool.launches.subject <= 0 && served.length > 0 && `itself: the executable was never started, and ${served[0]} passed. Verify again.`,
    filter && `itself: it was started with ${filter} and calls itself whole. Verify again without that.`,
  ];
}

/** The option that makes a run partial, where the command line holds one. */
function filterOf(commandLine: readonly string[]): string | false {
  const line = commandLine.map((word, index) => (word === '--profile' ? `--profile=${commandLine[index + 1]}` : word));
  if (line.some((word) => word === '--only' || word.startsWith('--only='))) return '--only';
  return line.includes('--profile=quick') && '--profile quick';
}

function contractFaults({ checks, contract: used, subject, previous }: Report, contract: Contract): Texts {
  const known = new Set(catalogue(contract, previous !== undefined).map(({ id }) => id));
  const foreign = [...new Set(checks.map(({ id }) => id))].filter((id) => !known.has(id));
  const worker = used?.worker ?? contract.worker;
  const printing = passed(checks).find((id) => rowOf(id)?.gives === 'version');
  const [printed, { version }] = [subject?.version, contract];
  return [
    worker !== contract.worker && `the contract: it is about the worker ${shown(worker, 60)}, the contract about ` +
      `${shown(contract.worker, 60)}. Verify again.`,
    printing !== undefined && subject !== null && version !== undefined && printed?.includes(version) !== true && 'the contract: ' +
      `${printing} passed with ${printed === undefined ? 'no version' : shown(printed, 60)}, the contract says ${shown(version, 60)}. ` +
        'Verify again.',
    foreign.length > 0 && `the contract: it answers ${someChecks(foreign)}, which the contract does not give. Verify again with this ` +
      'version of frostgate.',
  ];
}

function passed(checks: Report['checks']): string[] {
  return checks.filter(({ outcome }) => outcome === 'pass').map(({ id }) => id);
}
