import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { watchTraces } from './traces.ts';

const canMark = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0;
const isRoot = process.getuid?.() === 0;

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'frostgate-traces-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a script to its end under the marks, with nothing of this environment but the PATH. */
async function ran(under: readonly string[], script: string): Promise<void> {
  const [program, ...args] = [...under, 'sh', '-c', script];
  await once(spawn(program, args, { stdio: 'ignore', env: { PATH: process.env['PATH'] } }), 'exit');
}

test.runIf(canMark)('what leaves no trace leaves none', async () => {
  const traces = watchTraces([ownFolder()]);
  await ran(traces.under, 'sleep 0.1 & true');
  expect(await traces.left()).toEqual([]);
});

test.runIf(canMark)('a daemon is found whatever it shed, named with its port, and ended', async () => {
  const traces = watchTraces([]);
  const server = `require('node:net').createServer().listen(0, () => require('node:fs').writeFileSync('/dev/stdout', 'x'))`;
  await ran(traces.under, `cd /; exec env -i setsid -f ${process.execPath} -e "${server}" < /dev/null > /dev/null 2>&1`);
  const [daemon, ...others] = await traces.left();
  expect(daemon).toMatch(/^process \d+ \(.*createServer.*\), listens on port \d+$/);
  expect(others).toEqual([]);
  expect(await traces.left()).toEqual([]);
});

test('files that are new, changed or gone are named', async () => {
  const folder = ownFolder();
  for (const name of ['same', 'changed', 'gone']) writeFileSync(join(folder, name), 'x');
  const traces = watchTraces([folder]);
  writeFileSync(join(folder, 'changed'), 'xx');
  writeFileSync(join(folder, 'new'), '');
  rmSync(join(folder, 'gone'));
  expect(await traces.left()).toEqual(['changed has changed', 'new is new', 'gone is gone'].map((text) => join(folder, text)));
});

test.runIf(canMark && isRoot)('shared memory is named, and what somebody else leaves meanwhile is not', async () => {
  const [traces, others] = [watchTraces([]), watchTraces([])];
  const name = `/dev/shm/frostgate-traces-${process.pid}`;
  onTestFinished(() => [name, `${name}-other`].forEach((file) => rmSync(file, { force: true })));
  await ran(others.under, `touch ${name}-other`);
  await ran(traces.under, `touch ${name}; ipcmk -M 1024`);
  const left = await traces.left();
  expect(left).toEqual([name, expect.stringMatching(/^System V shm \d+$/)]);
  execFileSync('ipcrm', ['-m', left[1]?.split(' ').at(-1) ?? '']);
});
