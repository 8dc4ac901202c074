import { expect, test } from 'vitest';
import { CouldNotJudge, UsageError } from '../../model/errors.ts';
import { decide, mostPairs, startDecision, type DecisionSettings, type Pair } from './decide.ts';
import type { RegressionMetric } from '../../model/regression-metrics.ts';
import { defaultLimits, type Limit } from './limits.ts';

const noise = [0.010, -0.020, 0.015, 0.002, -0.011, 0.021, -0.004, 0.008, -0.016, 0.001];

function limitOf(metric: RegressionMetric): Limit {
  const limit = defaultLimits.find((one) => one.metric === metric);
  if (limit === undefined) throw new Error(`no limit of ${metric}`);
  return limit;
}

const settings: DecisionSettings = {
  limit: limitOf('cpu.ready'), previousAtWarmUp: 1000, alpha: 0.0005, cap: { pairs: mostPairs, timeMs: 600_000 },
};

/** As many pairs as are ever wanted, one a second: previous takes `previous`, subject as many per cent more. */
function pairs(percent: number, previous = 1000, spread = 1): readonly Pair[] {
  return Array.from({ length: mostPairs }, (_, index) => ({
    subject: previous * (1 + percent / 100) * Math.exp(spread * (noise[index % noise.length] ?? 0)), previous, endedMs: 1000 * (index + 1),
  }));
}

test.for([
  ['fail', 8, 'CPU to ready is 8.2 % higher, 95 % interval 6.2 to 10 %, limit 5 %: fail after 13 pairs'],
  ['pass', 0, 'CPU to ready is 0.2 % higher, 95 % interval -3.7 to 4.2 %, limit 5 %: pass after 7 pairs'],
  ['pass', -4, 'CPU to ready is 3.4 % lower, 95 % interval -3.1 to 10.2 %, limit 5 %: pass after 6 pairs'],
  ['pass', -10, 'CPU to ready is 9.5 % lower, too few pairs for an interval, limit 5 %: pass after 6 pairs'],
] as const)('%s: %d per cent more', ([outcome, percent, sentence]) => {
  expect(decide(pairs(percent), settings)).toMatchObject({ outcome, limitPercent: 5, sentence });
});

test('a change that is over the relative limit and under the absolute one passes', () => {
  const small = { ...settings, previousAtWarmUp: 80 };
  expect(decide(pairs(8, 80), settings)).toMatchObject({ outcome: 'fail' });
  expect(decide(pairs(8, 80), small)).toMatchObject({ outcome: 'pass', limitPercent: 25 });
  expect(decide(pairs(30, 80), small)).toMatchObject({ outcome: 'fail', limitPercent: 25 });
});

test('no answer within the cap is inconclusive for noise, never a pass', () => {
  const few = decide(pairs(0), { ...settings, cap: { pairs: 3, timeMs: 600_000 } });
  expect(few).toMatchObject({ outcome: 'inconclusive', reason: 'noise', pairs: 3 });
  expect(few).not.toHaveProperty('intervalPercent');
  expect(few.sentence).toBe(
    "CPU to ready is 1 % higher, too few pairs for an interval, limit 5 %: can't tell after 3 pairs, noise is too high for this limit",
  );
  expect(decide(pairs(0), { ...settings, cap: { pairs: mostPairs, timeMs: 6000 } }).sentence)
    .toMatch(/limit 5 %: can't tell after 6 pairs, its time was over$/);
  expect(decide(pairs(2.5, 1000, 30), settings)).toMatchObject({ outcome: 'inconclusive', reason: 'noise', pairs: mostPairs });
});

test('asks for pairs until it is decided; what comes later is not counted', () => {
  const { add, decision } = startDecision(settings);
  const wanted = pairs(0).map(add);
  expect(wanted.indexOf(false) + 1).toBe(7);
  expect(wanted.slice(6)).not.toContain(true);
  expect(decision()).toEqual(decide(pairs(0).slice(0, 7), settings));
});

test('an answer in the last pair that is allowed counts', () => {
  expect(decide(pairs(0), { ...settings, cap: { pairs: 7, timeMs: 7000 } }).outcome).toBe('pass');
});

test('a decision can be written as JSON', () => {
  for (const given of [pairs(0).slice(0, 2), pairs(8)]) {
    const decision = decide(given, settings);
    expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
  }
});

test('what cannot be compared says so', () => {
  expect(() => startDecision({ ...settings, previousAtWarmUp: 0 })).toThrow(CouldNotJudge);
  expect(() => startDecision({ ...settings, cap: { pairs: 0, timeMs: 1 } })).toThrow(UsageError);
  expect(() => decide([{ subject: 1, previous: 0, endedMs: 1 }], settings)).toThrow(CouldNotJudge);
});
