import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRunFolder, newRun, removeRun } from '../system/launch/run-folder.ts';
import { elfFile } from '../runtimes/native/headers.testing.ts';
import { checkSubject } from './check-subject.ts';
import { previousOf } from './previous.ts';
import { copyArtifact } from './private-copy.ts';

const run = newRun();
let folder = '';
const at = (name: string): string => join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'released-'));
  createRunFolder(run);
  await copyFile('/bin/true', at('worker'));
});

afterEach(async () => {
  removeRun(run);
  await rm(folder, { recursive: true });
});

/** What is known of another executable beside the subject, and what was said of it. */
async function beside(name: string) {
  const subject = await copyArtifact({ named: at('worker'), beside: [], files: [] }, run);
  const said: string[] = [];
  const named = { named: at(name), identity: await checkSubject(at(name), undefined, '--previous') };
  return { subject, said, previous: await previousOf(named, subject, [], run, (line) => void said.push(line)) };
}

test.runIf(process.platform === 'linux')('another executable is copied to a path as long, under the same name', async () => {
  await copyFile('/bin/false', at('worker-1.0.0-linux-amd64'));
  const { subject, said, previous } = await beside('worker-1.0.0-linux-amd64');
  expect(previous).toMatchObject({ named: at('worker-1.0.0-linux-amd64'), isSame: false, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(previous.binary).toHaveLength(subject.binary.length);
  expect(basename(previous.binary)).toBe('worker');
  expect(said).toEqual([]);
});

test.runIf(process.platform === 'linux')('the same bytes twice are told, whatever they are called', async () => {
  await copyFile(at('worker'), at('older'));
  const { said, previous } = await beside('older');
  expect(previous.isSame).toBe(true);
  expect(said).toEqual([
    'warning: --previous has the same bytes as --binary, so nothing is decided between them; name the last release',
  ]);
});

test.runIf(process.platform === 'linux' && process.arch === 'x64')('one of another platform is refused', async () => {
  await writeFile(at('other'), elfFile({ machine: 183 }), { mode: 0o755 });
  await expect(beside('other')).rejects.toThrow(`${at('other')}: is a linux-arm64 executable, this machine is linux-amd64: name the last ` +
    'release for this machine with --previous');
});

test('what is no executable is refused by the name of its flag', async () => {
  await expect(beside('gone')).rejects.toThrow(`${at('gone')}: no such file; build it first, or name another with --previous`);
  await writeFile(at('script'), '#!/bin/sh\n', { mode: 0o755 });
  await expect(beside('script')).rejects.toThrow(`${at('script')}: is a text file; name the built executable`);
});
