import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRunFolder, newRun, notedRooms, removeRun } from '../system/launch/run-folder.ts';
import { copyArtifact, type Original } from './private-copy.ts';

const run = newRun();
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copied-'));
  createRunFolder(run);
  await writeFile(join(folder, 'worker'), '#!/bin/sh\necho first\n', { mode: 0o755 });
});

afterEach(async () => {
  removeRun(run);
  await rm(folder, { recursive: true });
});

const copied = async (more: Partial<Original> = {}) =>
  (await copyArtifact({ named: join(folder, 'worker'), beside: [], files: [], ...more }, run)).binary;

test('what was copied is what runs, whatever becomes of the original', async () => {
  const copy = await copied();
  await writeFile(join(folder, 'worker'), '#!/bin/sh\necho second\n');
  expect((await execa(copy)).stdout).toBe('first');
  expect((await stat(copy)).mode & 0o777).toBe(0o555);
  expect(notedRooms(run)).toEqual([dirname(copy)]);
  removeRun(run);
  expect(existsSync(dirname(copy))).toBe(false);
});

test('what its runtime and the contract put beside it comes along, and nothing else', async () => {
  await mkdir(join(folder, '_internal/sub'), { recursive: true });
  await writeFile(join(folder, '_internal/sub/data'), 'x');
  await symlink('sub/data', join(folder, '_internal/link'));
  await writeFile(join(folder, 'addon.node'), 'y');
  await writeFile(join(folder, 'unrelated'), 'z');
  const copy = dirname(await copied({ beside: ['_internal', 'gone'], files: ['addon.node'] }));
  expect(await readlink(join(copy, '_internal/link'))).toBe('sub/data');
  expect(await readFile(join(copy, 'addon.node'), 'utf8')).toBe('y');
  expect(existsSync(join(copy, 'unrelated'))).toBe(false);
  await expect(copied({ files: ['models/big'] })).rejects.toThrow(`${join(folder, 'worker')}: models/big belongs beside it and is not ` +
    'there; build it, or correct artifact.files in the contract');
});

test('of a folder and of an application all comes along', async () => {
  await mkdir(join(folder, 'My.app/Contents/MacOS'), { recursive: true });
  await writeFile(join(folder, 'My.app/Contents/Info.plist'), 'x');
  const named = join(folder, 'My.app/Contents/MacOS/worker');
  await writeFile(named, '#!/bin/sh\n', { mode: 0o755 });
  const copy = await copied({ named, beside: ['../..'] });
  expect(await readFile(join(dirname(copy), '../Info.plist'), 'utf8')).toBe('x');
  const flat = await copied({ beside: ['.'] });
  expect(existsSync(join(dirname(flat), 'My.app/Contents/Info.plist'))).toBe(true);
});

test('one that is named by a link keeps that name', async () => {
  await symlink('worker', join(folder, 'current'));
  const copy = await copied({ named: join(folder, 'current') });
  expect(basename(copy)).toBe('current');
  expect((await execa(copy)).stdout).toBe('first');
});

test('the copy of another release has the name of this one and a path as long, as a file and in its folder', async () => {
  const older = join(folder, 'older', 'worker-1.0.0-linux');
  await mkdir(join(folder, 'older'));
  await writeFile(older, '#!/bin/sh\necho older\n', { mode: 0o755 });
  for (const beside of [[], ['.']]) {
    const copy = await copied({ beside });
    const before = await copied({ named: older, beside, like: copy });
    expect(basename(before)).toBe('worker');
    expect(before).toHaveLength(copy.length);
    expect(before).not.toBe(copy);
    expect((await execa(before)).stdout).toBe('older');
  }
});

test('a file that is written to meanwhile is told', async () => {
  const writing = setInterval(() => void writeFile(join(folder, 'worker'), `#!/bin/sh\n# ${'x'.repeat(4_000_000)}\n`), 1);
  await expect(copied()).rejects.toThrow(/is written to while it is read; end what writes to it, and verify again$/);
  clearInterval(writing);
});
