import { expect, test } from 'vitest';
import { parsePss } from '../system/memory/memory-linux.ts';
import { memoryOfTree } from '../system/memory/memory.ts';
import { sumRss } from '../system/memory/memory-posix.ts';
import { summarise } from './summary.ts';

test('the Pss line of smaps_rollup is in kilobytes of 1024 bytes', () => {
  expect(parsePss('Rss:   2000 kB\nPss:                1500 kB\nPss_Anon: 900 kB\n')).toBe(1_536_000);
});

test('ps prints kilobytes, one process a line', () => {
  expect(sumRss('  100\n 24\n\n')).toBe(124 * 1024);
});

test('this process has memory, a pid that does not exist has none', () => {
  expect(memoryOfTree([process.pid])).toBeGreaterThan(10_000_000);
  expect(memoryOfTree([2 ** 22 + 1])).toBe(0);
});

test('the spread is the scaled median absolute deviation', () => {
  const { median, spread } = summarise({
    metric: 'performance.ready', title: 'x', unit: 'ms', variant: 'subject', samples: [1, 2, 3, 4, 100],
  });
  expect({ median, spread }).toEqual({ median: 3, spread: 1.4826 });
});
