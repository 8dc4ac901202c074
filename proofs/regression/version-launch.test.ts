import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test as base } from 'vitest';
import { CouldNotJudge } from '../../harness/model/errors.ts';
import { launchVersion, type Cost } from './version-launch.ts';

const test = base.extend('folder', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'frostgate-version-'));
  onCleanup(async () => await rm(folder, { recursive: true, force: true }));
  return folder;
});

/** An executable whose child does this, as the program behind a one-file loader does. */
async function program(folder: string, script: string): Promise<string> {
  const file = join(folder, 'program');
  await writeFile(file, `#!/bin/sh\n'${process.execPath}' -e '${script}'\n`);
  await chmod(file, 0o755);
  return file;
}

const burning = (ms: number) => `const used = () => { const { user, system } = process.cpuUsage(); return user + system; };
  while (used() < ${ms * 1000});`;

/** In a process of its own: what the tests beside this one start ends as a child of this process too. */
async function measured(file: string, folder: string): Promise<Cost> {
  const code = `import(process.argv[1]).then((one) => one.launchVersion(process.argv[2], 0, process.argv[3], ''))
    .then((cost) => process.stdout.write(JSON.stringify(cost)))`;
  const { stdout } = await execa(process.execPath, ['-e', code, new URL('version-launch.ts', import.meta.url).href, file, folder]);
  return JSON.parse(stdout);
}

test.runIf(process.platform === 'linux')('counts the CPU of the whole tree', async ({ folder }) => {
  const { cpuMs, wallMs } = await measured(await program(folder, burning(400)), folder);
  expect(cpuMs).toBeGreaterThanOrEqual(400);
  expect(cpuMs).toBeLessThan(700);
  expect(wallMs).toBeGreaterThan(cpuMs * 0.9);
});

test.runIf(process.platform === 'linux')('a crash is no sample', async ({ folder }) => {
  const file = await program(folder, 'process.exit(3)');
  const told = new CouldNotJudge(`${file} --version ended with exit code 3: no sample`);
  await expect(launchVersion(file, 0, folder, '')).rejects.toThrow(told);
});
