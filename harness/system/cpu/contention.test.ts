import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { pressureMs } from './cpu-linux.ts';
import { parseStolen, unfitSentence, watchContention } from './contention.ts';

test('what was stolen is the eighth number of the first line', () => {
  expect(parseStolen('cpu  1 2 3 4 5 6 7 89 10 11\ncpu0 1 2 3 4 5 6 7 1 0 0\n')).toBe(890);
  expect(parseStolen('intr 5\n')).toBeUndefined();
});

test.runIf(pressureMs() !== undefined)('more that runs than there are cores: something waits for a CPU', async () => {
  const busy = Array.from({ length: 3 * availableParallelism() }, () => (
    spawn(process.execPath, ['-e', 'const end = Date.now() + 1500; while (Date.now() < end);'])
  ));
  const seen = watchContention();
  await Promise.all(busy.map((child) => once(child, 'exit')));
  const { waitingPercent = 0, stolenPercent = 0 } = seen();
  expect(waitingPercent).toBeGreaterThan(30);
  expect(waitingPercent).toBeLessThanOrEqual(100.1);
  expect(stolenPercent).toBeLessThanOrEqual(100);
});

test('a machine is not fit where the usual pair shared it; one bad pair among good ones says nothing', () => {
  expect(unfitSentence([])).toBeUndefined();
  expect(unfitSentence([{}, {}])).toBeUndefined();
  expect(unfitSentence([{ waitingPercent: 3 }, { waitingPercent: 90 }, { waitingPercent: 5 }])).toBeUndefined();
  expect(unfitSentence([{ waitingPercent: 83.4 }, { waitingPercent: 90 }, { waitingPercent: 5 }]))
    .toBe('this machine is not fit for it: in 83 % of the time something waited for a CPU');
  expect(unfitSentence([{ waitingPercent: 3, stolenPercent: 40 }]))
    .toBe('this machine is not fit for it: 40 % of its CPUs were taken away by others on the same host');
});
