import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeFile } from '../../runtimes/native/executable.ts';
import { machinePlatform } from '../platform.ts';
import { howToRun, wayToRun } from './emulation.ts';
import { probe } from './probe-linux.ts';
import { probeProgram } from './probe-program.ts';

const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'frostgate-emulation-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test('the program is a whole executable of its architecture', async () => {
  await inFolder(async (folder) => {
    for (const architecture of ['amd64', 'arm64'] as const) {
      writeFileSync(join(folder, architecture), probeProgram(architecture));
      expect(await describeFile(join(folder, architecture))).toMatchObject({ format: 'ELF', platforms: [`linux-${architecture}`] });
    }
  });
});

test.runIf(machinePlatform() === 'linux-amd64')('the processor itself runs its own program, and nothing is left', async () => {
  await inFolder(async (folder) => {
    expect(await probe('amd64', folder)).toMatchObject({ by: undefined });
    expect(await wayToRun('linux-amd64', folder)).toBe('native');
    expect(readdirSync(folder)).toEqual([]);
  });
});

test.runIf(machinePlatform().startsWith('linux'))('another system is not run, and what would run it is said', async () => {
  await inFolder(async (folder) => {
    expect(await wayToRun('windows-amd64', folder)).toBe('none');
    expect(await wayToRun('darwin-arm64', folder)).toBe('none');
  });
  expect(howToRun('linux-arm64')).toContain('qemu-user-static');
  expect(howToRun('windows-amd64')).toContain('Wine');
  expect(howToRun('darwin-arm64')).toBe('run the verification on a machine of darwin-arm64');
});
