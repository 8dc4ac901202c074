import { beforeAll, describe, expect } from 'vitest';
import { asked } from '../support/asked.ts';
import { build } from '../support/command.ts';
import { test } from '../support/proof.ts';
import { endAll, interrupt } from './interrupt.ts';

// Ends the harness by a signal at random moments and proves that nothing of it is left.
//   npm run interruptions -- 9    nine times; four when nothing is said

const times = Number(asked().rows[0] ?? 4);
if (!Number.isInteger(times) || times < 1) throw new TypeError(`expected a number of times, got ${asked().rows[0]}`);
const signals = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;

/** About as long as a quick verification takes. */
const longestMs = 40_000;

const rows = Array.from({ length: times }, (_, index) => {
  const afterMs = Math.round(Math.random() * longestMs);
  return { ended: signals[index % signals.length] ?? 'SIGINT', afterMs, title: `${index + 1}, after ${afterMs} ms` };
});

describe.skipIf(process.platform !== 'linux')('interruptions', () => {
  beforeAll(async () => await build('agent-runner', AbortSignal.timeout(900_000)), 900_000);

  test.for(rows)('$ended $title', { timeout: longestMs + 60_000 }, async ({ ended, afterMs }, { folder, signal, onTestFinished }) => {
    onTestFinished(() => endAll(folder));
    const { problems, told } = await interrupt(ended, afterMs, folder, signal);
    process.stdout.write(`${told.split('\n')[1]}\n`);
    expect(problems, told).toEqual([]);
  });
});
