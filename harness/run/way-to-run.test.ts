import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { UsageError } from '../model/errors.ts';
import { probeProgram } from '../system/emulation/probe-program.ts';
import { machinePlatform, platformId, platformVariable } from '../system/platform.ts';
import { mustRun, notRunHere, settlePlatform } from './way-to-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'frostgate-way-'));
const at = (name: string): string => join(folder, name);
const before = process.env[platformVariable] ?? '';

afterEach(() => {
  process.env[platformVariable] = before;
});
afterAll(() => rmSync(folder, { recursive: true }));

test.runIf(process.platform === 'linux')('whatever the subject is, the machine is settled on; a pipe is not waited for', async () => {
  writeFileSync(at('text'), 'no executable');
  writeFileSync(at('own'), probeProgram(machinePlatform() === 'linux-arm64' ? 'arm64' : 'amd64'));
  spawnSync('mkfifo', [at('pipe')]);
  for (const binary of [undefined, at('none'), at('text'), at('own'), at('pipe'), folder, '/dev/zero']) {
    expect(await settlePlatform({ platform: undefined, binary }, folder)).toBe('native');
    expect(platformId()).toBe(machinePlatform());
  }
});

test.skipIf(process.platform === 'darwin')('a platform that is named is the one; what nothing runs here must not be launched', async () => {
  const way = await settlePlatform({ platform: 'darwin-arm64', binary: at('text') }, folder);
  expect(platformId()).toBe('darwin-arm64');
  expect(way).toBe('none');
  expect(notRunHere(way)).toContain('nothing runs an executable of darwin-arm64 on this machine');
  expect(() => mustRun('dist/worker', notRunHere(way))).toThrow(UsageError);
  expect(() => mustRun('dist/worker', notRunHere(way))).toThrow('dist/worker: nothing runs an executable of darwin-arm64');
  expect(() => mustRun('dist/worker', notRunHere({ by: 'QEMU', slowdown: 5 }))).not.toThrow();
});
