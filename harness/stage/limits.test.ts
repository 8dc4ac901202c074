import { expect, test } from 'vitest';
import { limitsOf, type Promises } from './limits.ts';
import { mayTakeMs } from './plan.ts';

const promises = (readySeconds: number, withinSeconds: number, executions = 0, timeoutSeconds?: number): Promises => ({
  budgets: { readySeconds, versionSeconds: 3 }, shutdown: { withinSeconds },
  executions: Array.from({ length: executions }, () => ({ timeoutSeconds })),
});

test('a worker is waited for three times its budget, and half a minute at least', () => {
  expect(limitsOf().readyMs).toBe(30_000);
  expect(limitsOf(promises(10, 15)).readyMs).toBe(30_000);
  expect(limitsOf(promises(40, 15)).readyMs).toBe(120_000);
});

test.for([1, 40, 300])('a worker that never gets ready fails its own wait before its check is cut off: readySeconds %d', (readySeconds) => {
  const limits = limitsOf(promises(readySeconds, 15));
  expect(limits.checkMs({ launches: 0, executions: 0 })).toBeGreaterThan(4 * limits.readyMs);
});

test.for([
  [15, 10, 3], [120, 10, 3], [600, 10, 3], [60, 1, 1],
] as const)('stops that queue have the time of all: %d s each, %d of them, %d at a time', ([within, launches, atOnce]) => {
  const limits = limitsOf(promises(10, within));
  const rounds = Math.ceil(launches / atOnce);
  const worst = rounds * (limits.readyMs + limits.executionMs + limits.stopMs);
  expect(limits.stopMs).toBe(within * 1_000);
  expect(limits.checkMs({ launches, atOnce })).toBeGreaterThan(worst);
});

test('every execution that a check may have to drive has its time', () => {
  const limits = limitsOf(promises(10, 15, 12));
  expect(limits.checkMs()).toBeGreaterThan(12 * limits.executionMs + limits.readyMs);
  expect(limits.checkMs({ executions: 40 }) - limits.checkMs({ executions: 10 })).toBeGreaterThanOrEqual(30 * limits.executionMs);
});

test('an execution that says how long it may take has that time alone, and beside others as long as any', () => {
  const limits = limitsOf(promises(10, 15, 3, 90));
  expect(limits.checkMs()).toBeGreaterThan(3 * 90_000);
  expect([{}, { timeoutSeconds: 5 }, { timeoutSeconds: 90 }].map((plan) => mayTakeMs(plan, limits))).toEqual([30_000, 5_000, 90_000]);
  expect(mayTakeMs({ timeoutSeconds: 5 }, limits, 'beside others')).toBe(30_000);
});
