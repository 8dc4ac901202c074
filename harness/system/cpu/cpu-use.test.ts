import { expect, test } from 'vitest';
import { parseTimes, parseWaited } from './cpu-linux.ts';
import { excusedMs, judgeDeadline, useBetween } from './cpu-use.ts';
import { estimatedShare, parseBusy } from './machine-load.ts';

const use = { elapsedMs: 3_800, waitedMs: 2_800, usedMs: 1_000, othersCores: 1.2, how: 'exact' } as const;

test.for([
  ['in time', { limitMs: 4_000 }, 'met', '3.8 s, the limit is 4.0 s'],
  ['late, and the wait for a CPU is why', { limitMs: 2_000 }, 'machine',
    '3.8 s, the limit is 2.0 s, but the worker waited 2.8 s for a CPU while it used 1.0 s'],
  ['late without it as well', { limitMs: 900 }, 'missed', '3.8 s, the limit is 0.9 s; the worker waited 2.8 s for a CPU while it used ' +
    '1.0 s'],
  ['late, and it was itself that crowded it out', { limitMs: 2_000, othersCores: 0.2 }, 'missed',
    '3.8 s, the limit is 2.0 s; the worker waited 2.8 s for a CPU while it used 1.0 s'],
  ['late, by an estimate', { limitMs: 2_000, how: 'estimated' }, 'machine',
    '3.8 s, the limit is 2.0 s, but the worker waited about 2.8 s for a CPU (an estimate: every core was busy)'],
] as const)('%s', ([, given, verdict, sentence]) => {
  expect(judgeDeadline({ ...use, ...given })).toEqual({ verdict, sentence });
});

test('what others used is what the machine did beyond the tree', () => {
  const from = { atMs: 0, waitedMs: 100, usedMs: 200, busyMs: 50_000, how: 'exact' } as const;
  const between = useBetween(from, { atMs: 2_000, waitedMs: 1_100, usedMs: 900, busyMs: 54_000, how: 'exact' });
  expect(between).toEqual({ elapsedMs: 2_000, waitedMs: 1_000, usedMs: 700, othersCores: 1.65, how: 'exact' });
  expect(excusedMs(between)).toBe(1_000);
  expect(useBetween(from, from).othersCores).toBe(0);
});

test('the kernel gives ticks of 10 ms and nanoseconds', () => {
  expect(parseTimes('42 (a) b (c) S 7 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 998877 1 2')).toEqual({
    startedAt: '998877', ownMs: 110, withEndedMs: 260,
  });
  expect(parseWaited('1500000 2750000 12\n')).toBe(2.75);
  expect(parseWaited('')).toBe(0);
  expect(parseBusy('cpu  10 1 5 1000 50 1 2 3 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n')).toBe(220);
});

test('an estimate excuses nothing while a core is free, and at least half when none is', () => {
  expect(estimatedShare(1.5, 2, 8)).toBe(0);
  expect(estimatedShare(2, 2, 8)).toBe(0.75);
  expect(estimatedShare(2, 2, 0)).toBe(0.5);
});
