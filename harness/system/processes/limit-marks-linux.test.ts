import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isLimited, limited, limitedPids, newLimitMark, type LimitMark } from './limit-marks-linux.ts';

const limitsText = (locks: number | 'unlimited', queue: number): string =>
  `Max file locks            ${locks}      unlimited            locks\nMax msgqueue size         ${queue}               819200\n`;

const mark: LimitMark = { locks: 1_234_567_890, queueBytes: 765_432 };

test.each([
  ['both', limitsText(1_234_567_890, 765_432), true],
  ['that of the locks', limitsText(1_234_567_890, 819_200), true],
  ['that of the queues, the other one was taken off', limitsText('unlimited', 765_432), true],
  ["that of the queues by chance: it has another launch's of the locks", limitsText(1_000_000_000, 765_432), false],
  ['none', limitsText('unlimited', 819_200), false],
  ['no limits at all: it has ended', '', false],
])('a process that shows %s', (_, text, expected) => {
  expect(isLimited(text, mark)).toBe(expected);
});

describe.skipIf(process.platform !== 'linux')('marks by limits', () => {
  function started(given: LimitMark, script: string): number {
    const { file, args, begun } = limited(given, '/bin/sh', ['-c', script]);
    const child = spawn(file, args, { stdio: 'ignore', detached: true });
    const { pid = -1 } = child;
    begun(pid);
    onTestFinished(() => void process.kill(-pid, 'SIGKILL'));
    return pid;
  }

  test('no two launches have a limit in common, and this process keeps its own', () => {
    const before = readFileSync('/proc/self/limits', 'utf8');
    const [one, other] = [newLimitMark(), newLimitMark()];
    if (one === undefined || other === undefined) throw new Error('processes cannot be marked here');
    const [first, second] = [started(one, 'sleep 30'), started(other, 'sleep 30')];
    expect(one.locks).not.toBe(other.locks);
    expect(one.queueBytes).not.toBe(other.queueBytes);
    const mine = limitedPids([one], [first, second, process.pid]);
    expect(mine).toEqual([first]);
    expect(readFileSync('/proc/self/limits', 'utf8')).toBe(before);
  });

  test('a program that is not there is told by its own name', () => {
    expect(limited(mark, '/nothing/here', ['-x'])).toMatchObject({ file: '/nothing/here', args: ['-x'] });
  });
});
