import { mkdtemp, rm, truncate, copyFile, writeFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { platformId } from '../system/platform.ts';
import { archive, elfFile, fatFile, peFile, thinFile } from './native/headers.testing.ts';
import { identify } from './identify.ts';

const mark = '_PYI_APPLICATION_HOME_DIR\0';
const noArchive = "PyInstaller's bootloader has no archive behind it: the file was truncated, stripped or rewritten";

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frostgate-identify-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function identified(content: Buffer | string) {
  const file = join(folder, 'subject');
  await writeFile(file, content);
  const { sizeBytes, runtime: _, ...rest } = await identify(file);
  expect(sizeBytes).toBe(Buffer.byteLength(content));
  return rest;
}

describe('the running node', () => {
  test('is whole', async () => {
    const { size: sizeBytes } = await stat(process.execPath);
    const found = await identify(process.execPath);
    expect(found).toStrictEqual({ format: found.format, platforms: [platformId()], sizeBytes, runtime: 'native' });
    expect(['ELF', 'Mach-O', 'PE']).toContain(found.format);
  });

  test('is truncated when its end is missing', async () => {
    const file = join(folder, 'node');
    await copyFile(process.execPath, file);
    await truncate(file, 5_000_000);
    expect((await identify(file)).damage).toMatch(/beyond the end of the file: it is truncated \(5000000 of at least \d+ bytes\)$/);
  });
});

test.each([
  ['ELF arm64', elfFile({ machine: 183 }), { format: 'ELF', platforms: ['linux-arm64'] }],
  ['ELF of an unknown machine', elfFile({ machine: 999 }), { format: 'ELF', platforms: ['linux-machine-999'] }],
  ['PE amd64', peFile(), { format: 'PE', platforms: ['windows-amd64'] }],
  ['PE arm64', peFile(0xaa64), { format: 'PE', platforms: ['windows-arm64'] }],
  ['thin Mach-O', thinFile(), { format: 'Mach-O', platforms: ['darwin-arm64'] }],
  ['universal Mach-O', fatFile(), { format: 'Mach-O', platforms: ['darwin-amd64', 'darwin-arm64'] }],
  ['script', '#!/bin/sh\nexit 0\n', { format: 'text', platforms: [] }],
  ['text cut within a character', `${'a'.repeat(4095)}é`, { format: 'text', platforms: [] }],
  ['nothing', '', { format: 'empty', platforms: [] }],
  ['Java class', Buffer.from('cafebabe00000041', 'hex'), { format: 'unknown', platforms: [] }],
  ['DOS program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), { format: 'unknown', platforms: [] }],
])('%s', async (_, content, expected) => {
  expect(await identified(content)).toStrictEqual(expected);
});

describe('PyInstaller', () => {
  test.each([
    ['one-file in a section', elfFile({ pydata: archive('msbx'), bootloader: mark }), 'PyInstaller one-file, Python 3.13', '3.13'],
    ['a folder in a section', elfFile({ pydata: archive('msz', 311), bootloader: mark }), 'PyInstaller, Python 3.11', '3.11'],
    ['before Python 3.10', elfFile({ pydata: archive('b', 39), bootloader: mark }), 'PyInstaller one-file, Python 3.9', '3.9'],
    ['appended', peFile(0x8664, archive('b')), 'PyInstaller one-file, Python 3.13', '3.13'],
    ['appended and signed', peFile(
      0x8664, Buffer.concat([archive('b'), Buffer.alloc(9000, 7)]),
    ), 'PyInstaller one-file, Python 3.13', '3.13'],
    ['a chunk away from the end', peFile(
      0x8664, Buffer.concat([archive('b'), Buffer.alloc(999_997)]),
    ), 'PyInstaller one-file, Python 3.13', '3.13'],
  ])('%s', async (_, content, freezer, pythonVersion) => {
    expect(await identified(content)).toMatchObject({ freezer, pythonVersion });
    expect(await identified(content)).not.toHaveProperty('damage');
    expect((await identify(join(folder, 'subject'))).runtime).toBe('pyinstaller');
  });

  test('the archive may lie beside the executable', async () => {
    await writeFile(join(folder, 'side.exe'), peFile(0x8664, Buffer.from(mark)));
    await writeFile(join(folder, 'side.pkg'), archive('mz'));
    expect(await identify(join(folder, 'side.exe'))).toMatchObject({ freezer: 'PyInstaller, Python 3.13' });
  });
});

describe('damage', () => {
  const whole = elfFile({ pydata: archive('mb'), bootloader: mark });
  const withCookieField = (offset: number, value: number) => {
    const bytes = archive('mb');
    bytes.writeUInt32BE(value, bytes.length - 88 + offset);
    return elfFile({ pydata: bytes, bootloader: mark });
  };
  const withEntryField = (offset: number, value: number) => {
    const bytes = archive('mb');
    bytes.writeUInt32BE(value, 8 + offset);
    return elfFile({ pydata: bytes, bootloader: mark });
  };
  const tooLong = 'beyond the end of the file: it is truncated';
  test.each([
    ['one byte short', whole.subarray(0, -1), `the section header table lies ${tooLong} (${whole.length - 1} of at least ` +
      `${whole.length} bytes)`],
    ['header only', whole.subarray(0, 30), `the ELF header reaches ${tooLong} (30 of at least 64 bytes)`],
    ['PE cut', peFile().subarray(0, 1000), `a section reaches ${tooLong} (1000 of at least 1024 bytes)`],
    ['thin Mach-O cut', thinFile().subarray(0, 3000), `a segment reaches ${tooLong} (3000 of at least 4096 bytes)`],
    ['universal Mach-O cut', fatFile().subarray(0, 12_000), `a slice reaches ${tooLong} (12000 of at least 12288 bytes)`],
    ['archive stripped', elfFile({ bootloader: mark }), noArchive],
    ['archive of Windows cut', peFile(
      0x8664, Buffer.concat([Buffer.from(mark), archive('b').subarray(0, -10)]),
    ), "the archive's cookie is cut off"],
    ['cookie overwritten', elfFile({ pydata: Buffer.alloc(200), bootloader: mark }), noArchive],
    ['package too long', withCookieField(8, 999_999), "the archive's cookie tells of 999999 bytes, but 160 are there"],
    ['contents too long', withCookieField(16, 999_999), "the archive's table of contents reaches beyond the archive"],
    ['no Python', withCookieField(20, 7777), "the archive's cookie names no Python version (7777)"],
    ['entry of no length', withEntryField(0, 0), "entry 1 of the archive's table of contents makes no sense"],
    ['entry outside', withEntryField(8, 5000), "entry 1 of the archive's table of contents points outside the archive"],
  ])('%s', async (_, content, damage) => {
    expect((await identified(content)).damage).toBe(damage);
  });
});

test('hostile bytes never make it throw', async () => {
  const seeds = [elfFile({ pydata: archive('mbx'), bootloader: mark }), peFile(0x8664, archive('b')), thinFile(), fatFile()];
  let state = 1;
  const random = (below: number) => {
    state = (state * 48_271) % 2_147_483_647; // Park and Miller, CACM 1988: the same bytes in every run
    return state % below;
  };
  for (let run = 0; run < 600; run += 1) {
    const bytes = Buffer.from(seeds[run % seeds.length] ?? '');
    for (let change = 0; change < 4; change += 1) bytes.fill(random(2) === 0 ? 255 : random(256), random(200), random(200) + 8);
    await writeFile(join(folder, 'hostile'), bytes.subarray(0, random(bytes.length)));
    await expect(identify(join(folder, 'hostile'))).resolves.toHaveProperty('format');
  }
});

test('a file made of cookies does not keep it busy', async () => {
  const magic = Buffer.from([0x4d, 0x45, 0x49, 0x0c, 0x0b, 0x0a, 0x0b, 0x0e]);
  const found = await identified(elfFile({ pydata: Buffer.alloc(20_000_000, magic), bootloader: mark }));
  expect(found.damage).toBe("the archive's table of contents reaches beyond the archive");
});
