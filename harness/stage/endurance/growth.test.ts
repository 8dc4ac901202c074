import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import type { Point } from './floors.ts';
import { growthOf } from './growth.ts';

/** Twenty looks at three hundred executions. */
const looks = Array.from({ length: 21 }, (_, index) => index * 15);
const points = (amount: (at: number) => number): Point[] => looks.map((at) => ({ at, amount: amount(at) }));
/** The same numbers in every run, between minus one and one. */
const noise = (at: number): number => ((at * 7919) % 200) / 100 - 1;
const memory = { limit: 5, noticeable: 1_000 };
const heap = { ...memory, collected: true };
const descriptors = { limit: 0.01, noticeable: 3 };

test.each([
  ['200 kB each', memory, (at: number) => 180_000 + 200 * at + 300 * noise(at)],
  ['20 kB each', memory, (at: number) => 180_000 + 20 * at + 100 * noise(at)],
  ['a leak on top of a warm-up', memory, (at: number) => 180_000 + 30_000 * (1 - Math.exp(-at / 30)) + 100 * at],
  ['300 kB each, which no collection takes back', heap, (at: number) => 180_000 + 300 * at],
  ['a leak under a garbage collection', heap, (at: number) => 60_000 + 200 * (at % 75) + 100 * at],
  ['one each', descriptors, (at: number) => 20 + at],
  ['one in ten', descriptors, (at: number) => 20 + Math.floor(at / 10)],
  ['one in ten, and some that come and go', descriptors, (at: number) => 20 + Math.floor(at / 10) + Math.round(noise(at))],
])('%s is a leak', (_, budget, amount) => {
  expect(growthOf(points(amount), budget).verdict).toBe('grows');
});

test.each([
  ['nothing', memory, () => 180_000],
  ['a warm-up to a plateau', memory, (at: number) => 180_000 + 30_000 * (1 - Math.exp(-at / 15)) + 50 * noise(at)],
  ['a cache of 128', memory, (at: number) => 180_000 + 100 * Math.min(at, 128)],
  ['a sawtooth of a garbage collection', memory, (at: number) => 180_000 + 100 * (at % 60)],
  ['a sawtooth that begins anew in the later half', heap, (at: number) => 50_000 + 200 * (at <= 150 ? at : at - 150)],
  ['garbage that waits for a collection', heap, (at: number) => 180_000 + 100 * at],
  ['a pool of threads that fills', descriptors, (at: number) => 10 + Math.min(at, 40)],
  ['some that come and go', descriptors, (at: number) => 20 + Math.round(2 * noise(at))],
  ['giving back', memory, (at: number) => 180_000 - 20 * at],
])('%s is none', (_, budget, amount) => {
  expect(growthOf(points(amount), budget).verdict).not.toBe('grows');
});

test.each([
  ['seen by chance at its end', [46_907, 52_000, 58_000, 64_000, 69_000, 75_000, 41_000, 47_000, 53_000, 58_000, 63_000, 68_000, 43_643]],
  // A worker with gRPC calls of its own, as it was seen.
  ['with few looks', [49_185, 59_199, 66_884, 72_352, 76_210, 42_390, 53_006, 59_314, 64_586, 68_432, 45_466]],
])('what lies between two collections is no growth: %s', (_, amounts) => {
  const seen = amounts.map((amount, index) => ({ at: index * 20, amount }));
  expect(growthOf(seen, { limit: 5, noticeable: 8_000, collected: true }).verdict).toBe('none');
});

test('V8 collects its whole heap late: so much is garbage, more is a leak', () => {
  // Every 40 executions of a worker of the TypeScript SDK, as it was seen.
  const amounts = [
    74_142, 105_000, 118_000, 134_000, 140_000, 150_000, 155_341, 151_839, 151_511, 159_154, 163_582, 170_873, 190_132, 192_291, 192_152,
    193_761, 195_301, 197_652, 196_907, 197_878,
  ];
  const seen = (each: number) => amounts.map((amount, index) => ({ at: index * 40, amount: amount + index * 40 * each }));
  const budget = { limit: 20, noticeable: 8_000, collected: true };
  expect(growthOf(seen(0), budget).verdict).toBe('grows');
  expect(growthOf(seen(0), { ...budget, heapGrowth: 1 })).toMatchObject({ verdict: 'none', limit: expect.closeTo(372, 0) });
  expect(growthOf(seen(1_000), { ...budget, heapGrowth: 1 }).verdict).toBe('grows');
});

test('one late step is no leak, whatever its size', () => {
  assert(property(integer({ min: 150, max: 300 }), integer({ min: 1, max: 100_000 }), (when, size) => {
    expect(growthOf(points((at) => 180_000 + (at >= when ? size : 0)), memory).verdict).not.toBe('grows');
  }));
});

test('so few executions show no less than what is noticeable, and too few show nothing', () => {
  expect(growthOf(points((at) => at * 6), memory)).toMatchObject({ limit: 1_000 / 150, verdict: 'none' });
  expect(growthOf([{ at: 0, amount: 1 }, { at: 10, amount: 9 }], memory).verdict).toBe('unclear');
});

test('what has not become noticeable is no growth, also where few looks leave the slope open', () => {
  const threads = [[0, 8], [40, 9], [80, 9], [120, 10], [160, 10], [200, 11], [240, 12], [280, 14], [320, 14]] as const;
  const { high, limit, verdict } = growthOf(threads.map(([at, amount]) => ({ at, amount })), { limit: 0.01, noticeable: 4 });
  expect(high).toBeGreaterThan(limit);
  expect(verdict).toBe('none');
});
