import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { handlingOf, parseHandling } from './signal-handling.ts';

test.skipIf(process.platform !== 'linux').for([
  ["trap '' TERM", 'ignored'], ["trap 'exit 0' TERM", 'caught'], ['true', 'default'],
] as const)('after %s a shell has SIGTERM %s', async ([script, handling]) => {
  const child = spawn('/bin/sh', ['-c', `${script}; echo ready; sleep 60; true`], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  onTestFinished(() => void process.kill(-(child.pid ?? 0), 'SIGKILL'));
  await once(child.stdout, 'data');
  expect(handlingOf(child.pid ?? 0, 'SIGTERM')).toBe(handling);
});

test('a process that is gone, or a text without masks, says nothing', () => {
  expect(handlingOf(2 ** 22 + 1, 'SIGTERM')).toBeUndefined();
  expect(parseHandling('Name:\tsh\n', 'SIGTERM')).toBeUndefined();
});
