import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { platformId } from './system/platform.ts';
import { stepResult } from './step-result.ts';

test.each([
  [{ status: 0, outcome: 'pass', failOn: 'not-pass' }, { exit: 0, verdict: 'pass' }],
  [{ status: 1, outcome: 'fail', failOn: 'not-pass' }, { exit: 1, verdict: 'fail' }],
  [{ status: 3, outcome: 'inconclusive', failOn: 'not-pass' }, { exit: 3, verdict: 'inconclusive' }],
  [{ status: 1, outcome: 'fail', failOn: 'never' }, { exit: 0, verdict: 'fail' }],
  [{ status: 143, outcome: 'inconclusive', failOn: 'never' }, { exit: 143, verdict: 'inconclusive' }],
] as const)('report and exit code agree: %o', (ending, result) => {
  expect(stepResult(ending)).toEqual(result);
});

test.each([
  [0, 'fail', 3],
  [1, 'pass', 1],
  [2, 'pass', 2],
  [137, 'pass', 137],
  [0, undefined, 3],
  [2, undefined, 2],
] as const)('exit code %o with a report that says %s is never handed on, whatever fail-on says', (status, outcome, exit) => {
  for (const failOn of ['not-pass', 'never'] as const) {
    expect(stepResult({ status, outcome, failOn })).toEqual({ exit, problem: expect.stringContaining(`exit code ${status}`) });
  }
});

let folder = '';
const script = fileURLToPath(new URL('step-result.ts', import.meta.url));
const run = async (...args: string[]) =>
  await execa(process.execPath, [script, ...args], { cwd: folder, reject: false, env: { GITHUB_OUTPUT: join(folder, 'output') } });
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frostgate-step-'));
  await mkdir(join(folder, 'reports', platformId()), { recursive: true });
});
afterEach(async () => await rm(folder, { recursive: true }));

test('the step gets verdict and folder as outputs', async () => {
  await writeFile(join(folder, 'reports', platformId(), 'report.json'), JSON.stringify({ verdict: { outcome: 'fail' } }));
  expect((await run('reports', '1', 'not-pass')).exitCode).toBe(1);
  expect(await readFile(join(folder, 'output'), 'utf8')).toBe(`verdict=fail\nreport=reports/${platformId()}\n`);
});

test('a report that is cut off gives no outputs and one sentence', async () => {
  await writeFile(join(folder, 'reports', platformId(), 'report.json'), '{"verdict": {"outcome": "pa');
  const { exitCode, stderr } = await run('reports', '0', 'never');
  expect([exitCode, stderr]).toEqual([3, '::error::the verification ended with exit code 0 and left no report that can be read']);
  await expect(readFile(join(folder, 'output'))).rejects.toThrow('ENOENT');
});
