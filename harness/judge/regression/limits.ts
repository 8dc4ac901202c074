import { UsageError } from '../../model/errors.ts';
import type { RegressionMetric } from '../../model/regression-metrics.ts';

/** What a contract calls its limits on regressions; one may count for several metrics. */
export type RegressionKey =
  'cpuPercent' | 'wallPercent' | 'memoryPercent' | 'stopPercent' | 'throughputPercent' | 'sizePercent' | 'diskPercent' | 'faultsPercent';

/** One metric's limit. */
export type Limit = {
  readonly metric: RegressionMetric;
  readonly key: RegressionKey;
  /** What a sentence calls the metric, and one that has grown or shrunk. */
  readonly words: readonly [name: string, more: string, less: string];
  readonly unit: 'ms' | 'bytes' | 'faults';
  /** The regression that must be caught, in per cent of previous. */
  readonly percent: number;
  /** The limit is broken only by a change of more than this, in `unit`, too. */
  readonly atLeast: number;
  /** Exact metrics have hardly any noise: their medians are compared. The others need the test of pairs. */
  readonly decidedBy: 'test' | 'exact';
  /** The noise of a pair that is assumed before any is seen, where it is not that of `TestSettings`. */
  readonly startSd?: number;
  /** Without a limit of the contract it is not compared: it takes time, and not every worker does its work quickly enough. */
  readonly onlyWhenGiven?: true;
  /** It is told, and does not decide about a release. */
  readonly toldOnly?: true;
};

const cpu = { key: 'cpuPercent', unit: 'ms', percent: 5, atLeast: 20, decidedBy: 'test' } as const;
const wall = { key: 'wallPercent', unit: 'ms', atLeast: 100, decidedBy: 'test' } as const;
const execution = { key: 'throughputPercent', unit: 'ms', percent: 10, atLeast: 5, decidedBy: 'test', onlyWhenGiven: true } as const;
const bytes = { unit: 'bytes', percent: 1, atLeast: 500_000, decidedBy: 'exact' } as const;

/** The limits of a contract that says nothing. */
export const defaultLimits: readonly Limit[] = [
  { metric: 'cpu.version', words: ['CPU of --version', 'higher', 'lower'], ...cpu },
  { metric: 'cpu.ready', words: ['CPU to ready', 'higher', 'lower'], ...cpu },
  { metric: 'wall.version', words: ['--version', 'slower', 'faster'], percent: 10, ...wall },
  { metric: 'wall.ready', words: ['ready', 'slower', 'faster'], percent: 20, ...wall },
  {
    metric: 'memory.ready', key: 'memoryPercent', words: ['memory at ready', 'higher', 'lower'],
    unit: 'bytes', percent: 3, atLeast: 3_000_000, decidedBy: 'test', startSd: 0.02,
  },
  { metric: 'wall.stop', words: ['the stop', 'slower', 'faster'], ...wall, key: 'stopPercent', percent: 20, atLeast: 200 },
  { metric: 'throughput.execution', words: ['an execution among others', 'slower', 'faster'], ...execution },
  { metric: 'latency.execution', words: ['an execution alone', 'slower', 'faster'], ...execution },
  { metric: 'size.file', key: 'sizePercent', words: ['the file', 'larger', 'smaller'], ...bytes },
  { metric: 'size.unpacked', key: 'diskPercent', words: ['what it unpacks', 'larger', 'smaller'], ...bytes },
  {
    metric: 'faults.ready', key: 'faultsPercent', words: ['the number of page faults', 'higher', 'lower'],
    unit: 'faults', percent: 1, atLeast: 0, decidedBy: 'exact', toldOnly: true,
  },
];

/**
 * The limits where a contract's `regression` gives some in place of the defaults.
 *
 * @throws {UsageError} for one that is not a number above zero.
 */
export function limitsOf(given: Readonly<Partial<Record<RegressionKey, number>>>): readonly Limit[] {
  for (const [key, percent] of Object.entries(given)) {
    if (percent > 0 && percent < Infinity) continue;
    throw new UsageError(`regression.${key} is ${percent}: give a number of per cent above zero, or leave it out for the default.`);
  }
  return defaultLimits.filter(({ key, onlyWhenGiven }) => given[key] !== undefined || onlyWhenGiven === undefined)
    .map((limit) => ({ ...limit, percent: given[limit.key] ?? limit.percent }));
}

/**
 * The change that must be caught, in per cent of `previous`, which is in the limit's unit: the relative limit, or the absolute one where
 * that is more. A change is over both of them exactly where it is over this.
 */
export function effectivePercent({ percent, atLeast }: Limit, previous: number): number {
  return Math.max(percent, 100 * atLeast / previous);
}

/** How often at most a whole release may be blocked though nothing has changed. */
const falseAlarms = 0.01;

/** The share of that which each test has: a release is blocked by any of its tests, on any of its platforms. */
export function sharedAlpha(tests: number, platforms: number): number {
  return falseAlarms / (tests * platforms);
}
