import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { waitFor } from '../wait.ts';
import { holdingsOf, parseOwnMemory } from './holdings.ts';
import { listProcesses } from './process-table.ts';

const rollup = 'Rss: 90 kB\nPss: 70 kB\nPss_Anon:  40 kB\nPss_File:  20 kB\nPss_Shmem:  10 kB\nSwapPss:  2 kB\n';

test('memory is what a process has made itself, pages of files are not', () => {
  expect(parseOwnMemory(rollup)).toBe(52 * 1024);
  expect(parseOwnMemory('Pss: 70 kB\n')).toBeUndefined();
  expect(parseOwnMemory('')).toBeUndefined();
});

test.skipIf(process.platform !== 'linux')('descriptors, threads and a child that nobody waits for are counted', async () => {
  const script = 'import os, sys, threading, time\nfiles = [open(os.devnull) for _ in range(7)]\nthreading.Thread(target=time.sleep, ' +
    'args=(60,), daemon=True).start()\nos.posix_spawn("/bin/true", ["true"], {})\nprint("ready", flush=True)\ntime.sleep(60)';
  const child = spawn('python3', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  const look = () => holdingsOf(listProcesses().filter(({ pid }) => pid === child.pid));
  await waitFor('the zombie', () => look().zombies === 1 || undefined, { deadlineMs: 10_000 });
  expect(look()).toMatchObject({ processes: 1, zombies: 1, threads: 2 });
  expect(look().descriptors).toBeGreaterThanOrEqual(3 + 7);
  expect(look().memoryBytes).toBeGreaterThan(1_000_000);
});
