import { expect, test } from 'vitest';
import { memoryOfTree, parsePss } from '../system/processes/memory.ts';
import { listProcesses } from '../system/processes/process-table.ts';
import { summarise } from './summary.ts';

test('the Pss line of smaps_rollup is in kilobytes of 1024 bytes', () => {
  expect(parsePss('Rss:   2000 kB\nPss:                1500 kB\nPss_Anon: 900 kB\n')).toBe(1_536_000);
});

test('where the list of processes tells it, it is added up', () => {
  expect(memoryOfTree([{ pid: 1, residentBytes: 100 * 1024 }, { pid: 2, residentBytes: 24 * 1024 }])).toBe(124 * 1024);
});

test('this process has memory, a pid that does not exist has none', () => {
  expect(memoryOfTree(listProcesses().filter(({ pid }) => pid === process.pid))).toBeGreaterThan(10_000_000);
  expect(memoryOfTree([{ pid: 2 ** 22 + 1 }])).toBe(0);
});

test('the spread is the scaled median absolute deviation', () => {
  const { median, spread } = summarise({
    metric: 'performance.ready', title: 'x', unit: 'ms', variant: 'subject', samples: [1, 2, 3, 4, 100],
  });
  expect({ median, spread }).toEqual({ median: 3, spread: 1.4826 });
});
