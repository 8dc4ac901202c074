import { describe, expect, test } from 'vitest';
import { limitsOf, sharedAlpha, type Limit } from '../../judge/regression/limits.ts';
import type { RegressionMetric } from '../../model/regression-metrics.ts';
import { pairOf, type Arm } from './arms.ts';
import { startSeries, type Decided, type Metric } from './series.ts';

type Run = { readonly cpuMs: number; readonly memoryBytes: number };

const limitOf = (metric: RegressionMetric): Limit => {
  const found = limitsOf({}).find((limit) => limit.metric === metric);
  if (found === undefined) throw new Error(`no limit of ${metric}`);
  return found;
};
const both: readonly Metric<Run>[] = [
  { limit: limitOf('cpu.ready'), of: ({ cpuMs }) => cpuMs, tolerance: 0 },
  { limit: limitOf('memory.ready'), of: ({ memoryBytes }) => memoryBytes, tolerance: 0 },
];
const alpha = sharedAlpha(6, 5);

/** Runs of about 2 s and 80 MB with noise of 2 %, those of the subject so many times as much. */
async function decidedOf(
  worse: Partial<Run>, { metrics = both, cap = { pairs: 120, timeMs: 1e9 }, pairMs = 1_000 } = {},
): Promise<{ decided: readonly Decided[]; runs: number }> {
  let runs = 0;
  const noise = (): number => 1 + 0.02 * (Math.random() + Math.random() + Math.random() - 1.5) * 2;
  const runOne = async (arm: Arm): Promise<Run> => {
    runs += 1;
    const times = (factor = 1): number => (arm === 'subject' ? factor : 1) * noise();
    return { cpuMs: 2_000 * times(worse.cpuMs), memoryBytes: 80e6 * times(worse.memoryBytes) };
  };
  const series = await startSeries((index) => pairOf(runOne, index), metrics, { alpha, cap }, () => runs * pairMs / 2);
  while (series.isOpen()) await series.next();
  return { decided: series.decided(), runs };
}

const answers = (decided: readonly Decided[]): Record<string, string> => (
  Object.fromEntries(decided.map(({ decision: { metric, outcome } }) => [metric, outcome]))
);

test('alike they pass, both metrics from the same launches', async () => {
  const { decided, runs } = await decidedOf({});
  expect(answers(decided)).toEqual({ 'cpu.ready': 'pass', 'memory.ready': 'pass' });
  const pairs = decided.map(({ decision }) => decision.pairs);
  expect(runs).toBe(2 + 2 * Math.max(...pairs)); // the warm-up, and the pairs of whoever took longest
  for (const { subject, previous, contention = [], decision } of decided) {
    expect([subject.length, previous.length, contention.length]).toEqual([decision.pairs, decision.pairs, decision.pairs]);
  }
});

test('what is worse fails, and nothing else', async () => {
  const { decided } = await decidedOf({ cpuMs: 1.12 });
  expect(answers(decided)).toEqual({ 'cpu.ready': 'fail', 'memory.ready': 'pass' });
  expect(decided[0]?.decision.sentence).toMatch(/^CPU to ready is 1\d(?:\.\d)? % higher, 95 % interval .*: fail after \d+ pairs$/);
});

describe('it ends', () => {
  test('at the cap of pairs', async () => {
    const { decided, runs } = await decidedOf({}, { cap: { pairs: 3, timeMs: 1e9 } });
    expect(answers(decided)).toEqual({ 'cpu.ready': 'inconclusive', 'memory.ready': 'inconclusive' });
    expect(runs).toBe(2 + 2 * 3);
  });

  test('at the cap of time', async () => {
    const { decided } = await decidedOf({}, { cap: { pairs: 120, timeMs: 5_000 } });
    expect(decided.map(({ decision: { outcome, pairs } }) => [outcome, pairs])).toEqual([['inconclusive', 4], ['inconclusive', 4]]);
  });
});
