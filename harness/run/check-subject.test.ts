import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { elfFile, fatFile } from '../runtimes/native/headers.testing.ts';
import { UsageError } from '../model/errors.ts';
import { howToRun } from '../system/emulation/emulation.ts';
import { platformId } from '../system/platform.ts';
import { checkSubject } from './check-subject.ts';

let folder = '';
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frostgate subject é '));
  await mkdir(at('dir'));
  await copyFile(process.execPath, at('node'));
  await copyFile(process.execPath, at('cut'));
  await truncate(at('cut'), 5_000_000);
  await copyFile(process.execPath, at('plain'));
  await chmod(at('plain'), 0o644);
  await symlink('node', at('link'));
  await symlink('nowhere', at('dangling'));
  const files: Record<string, string | Buffer> = {
    empty: '', 'run.sh': '#!/bin/sh\n', 'a.zip': Buffer.from('PK\u0003\u0004\0\0\0\0'), arm: elfFile({ machine: 183 }), mac: fatFile(),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(at(name), content, { mode: 0o755 });
});
afterAll(() => rm(folder, { recursive: true }));

test('a Python program in a zip file passes where a #! line starts it, and is told what it lacks without', async () => {
  await mkdir(at('app'));
  await writeFile(at('app/__main__.py'), 'print(1)\n');
  for (const [name, line] of [['app.pyz', ['--python', '/usr/bin/env python3']], ['bare.pyz', []]] as const) {
    await execa('python3', ['-m', 'zipapp', at('app'), '-o', at(name), ...line]);
    await chmod(at(name), 0o755);
  }
  expect(await checkSubject(at('app.pyz'))).toMatchObject({
    format: 'zip', platforms: [], runtime: 'zipapp', freezer: 'zipapp, started by /usr/bin/env python3',
  });
  await expect(checkSubject(at('bare.pyz'))).rejects.toThrow(/bare\.pyz: is a Python program in a zip file without a #! line, .*--python/);
});

test.each(['node', 'link'])('a real executable passes: %s', async (name) => {
  await expect(checkSubject(at(name))).resolves.toHaveProperty('platforms');
});

test('a truncated executable passes: artifact.format fails for it', async () => {
  await expect(checkSubject(at('cut'))).resolves.toHaveProperty('platforms');
});

test('one slice for this machine is enough', async () => {
  await expect(checkSubject(at('mac'), 'darwin-arm64')).resolves.toHaveProperty('platforms');
});

describe('one sentence for', () => {
  test.each([
    ['none', 'no such file; build it first, or name another with --binary'],
    ['node/none', 'no such file; build it first, or name another with --binary'],
    ['dangling', 'no such file; build it first, or name another with --binary'],
    ['dir', 'is a folder; name the executable in it'],
    ['empty', 'is empty; build it again'],
    ['run.sh', 'is a text file; name the built executable (ELF, Mach-O, PE or a Python zipapp), not a script'],
    ['a.zip', 'is not an executable (ELF, Mach-O, PE or a Python zipapp); name the file that the build made'],
    ['arm', `is a linux-arm64 executable, this machine is linux-amd64: ${howToRun('linux-arm64')}`],
    ['mac', 'is a darwin-amd64 and darwin-arm64 executable, this machine is linux-amd64: run the verification on a machine ' +
      'of darwin-amd64'],
  ])('%s', async (name, sentence) => {
    await expect(checkSubject(at(name), 'linux-amd64')).rejects.toThrow(new UsageError(`${at(name)}: ${sentence}`));
  });

  test('a file without the x bit', async () => {
    const file = at('plain');
    await expect(checkSubject(file, platformId())).rejects.toThrow(new UsageError(`${file}: is not executable; run: chmod +x '${file}'`));
  });

  test('a device', async () => {
    await expect(checkSubject('/dev/null')).rejects.toThrow(new UsageError('/dev/null: is not a regular file; name an executable'));
  });
});
