import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { findOnPath } from '../tools/on-path.ts';
import { allowedCpus, pinned } from './pinned.ts';

test.each([
  ['0-1', [0, 1]], ['3', [3]], ['0-2,8,10-11', [0, 1, 2, 8, 10, 11]],
])('the CPUs of %s', (list, cpus) => {
  expect(allowedCpus(`Name:\tnode\nCpus_allowed:\t3\nCpus_allowed_list:\t${list}\nMems_allowed:\t1\n`)).toEqual(cpus);
});

test('where the system tells none there are none', () => {
  expect(allowedCpus('')).toEqual([]);
});

const shell = { file: '/bin/sh', args: ['-c', 'grep ^Cpus_allowed_list /proc/$$/status; echo pid $$'], variant: 'subject' } as const;

test.runIf(findOnPath('taskset') !== undefined)('a program runs on the one CPU that it is given, under its own pid', () => {
  for (const cpu of allowedCpus()) {
    const { file, args, variant } = pinned(shell, cpu);
    expect(variant).toBe('subject');
    expect(execFileSync(file, args, { encoding: 'utf8' })).toMatch(new RegExp(`^Cpus_allowed_list:\\t${cpu}\\n`));
  }
  expect(allowedCpus(readFileSync('/proc/self/status', 'latin1')).length, 'this process itself stays free').toBe(allowedCpus().length);
});

test('without a CPU, or without taskset, it is as it was', () => {
  expect(pinned(shell, undefined)).toBe(shell);
  vi.stubEnv('PATH', '/nonexistent');
  expect(pinned(shell, 0)).toBe(shell);
  vi.unstubAllEnvs();
});
