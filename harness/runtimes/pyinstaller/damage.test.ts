import { copyFile, mkdir, mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '../../model/errors.ts';
import { BundleError } from '../native/errors.ts';
import { buildBundles, bundlesFolder, costOf } from './bundles.testing.ts';
import { withFile } from '../native/byte-source.ts';
import { readBundle } from '../subject.ts';
import { assemble, dissect, entryOf, places, pyzOf, withEntryChanged } from './surgery.testing.ts';

const remedy = 'copy, download or build it again, and do not strip, pack or patch it afterwards';
let folder = '';
let whole = Buffer.alloc(0); // real bootloader for linux-arm64, the package behind it
let inSection = Buffer.alloc(0); // the same with the package in a section, as PyInstaller writes it

beforeAll(async () => {
  await buildBundles();
  folder = await mkdtemp(join(tmpdir(), 'frostgate-damage-'));
  whole = await readFile(join(bundlesFolder, 'linux-arm64-appended'));
  inSection = await readFile(join(bundlesFolder, 'linux-arm64'));
}, 180_000);
afterAll(() => rm(folder, { recursive: true }));

/** The sentence that reading these bytes ends with, without the file's name. */
async function sentenceOf(content: Buffer): Promise<string> {
  const file = join(folder, 'subject');
  await writeFile(file, content);
  const error: unknown = await readBundle(file).catch((thrown: unknown) => thrown);
  if (!(error instanceof BundleError)) throw new Error('it was read without a BundleError', { cause: error });
  expect(error).toBeInstanceOf(UsageError);
  expect(error.message.startsWith(`${file}: `)).toBe(true);
  return error.message.slice(file.length + 2);
}

function patched(file: Buffer, at: (place: ReturnType<typeof places>) => number, value: number): Buffer {
  const bytes = Buffer.from(file);
  bytes.writeUInt32BE(value, at(places(file)));
  return bytes;
}

const noArchive = "PyInstaller's bootloader has no archive behind it: the file was truncated, stripped or rewritten";
const patches: [string, (place: ReturnType<typeof places>) => number, number, string][] = [
  ['a package of 4 GB', ({ cookie }) => cookie + 8, 0xffffffff, "the archive's cookie tells of 4294967295 bytes"],
  ['a package of no bytes', ({ cookie }) => cookie + 8, 0, "the archive's cookie tells of 0 bytes"],
  ['contents of 4 GB', ({ cookie }) => cookie + 16, 0xffffffff, "the archive's table of contents reaches beyond the archive"],
  ['contents far away', ({ cookie }) => cookie + 12, 0xffffff00, "the archive's table of contents reaches beyond the archive"],
  ['no Python version', ({ cookie }) => cookie + 20, 99_999, "the archive's cookie names no Python version (99999)"],
  ['a first entry without length', ({ toc }) => toc, 0, "entry 1 of the archive's table of contents makes no sense"],
  ['a first entry of 2 GB', ({ toc }) => toc, 0x7fffffff, "entry 1 of the archive's table of contents makes no sense"],
  ['an entry outside', ({ toc }) => toc + 4, 0x7fffffff, "entry 1 of the archive's table of contents points outside the archive"],
  ['a member beyond the end', ({ toc }) => toc + 8, 0x00ffffff, "entry 1 of the archive's table of contents points outside the archive"],
];
test.each(patches)('%s', async (_, at, value, expected) => {
  const sentence = await sentenceOf(patched(whole, at, value));
  expect(sentence.startsWith(expected)).toBe(true);
  expect(sentence.endsWith(`; ${remedy}`)).toBe(true);
});

describe('truncated', () => {
  test('wherever the package is cut, it is said in one sentence', async () => {
    const { start, cookie } = places(whole);
    for (const end of [start, start + 1, Math.floor((start + cookie) / 2), cookie, cookie + 4]) {
      expect(await sentenceOf(whole.subarray(0, end))).toBe(`${noArchive}; ${remedy}`);
    }
    for (const end of [cookie + 8, cookie + 87]) expect(await sentenceOf(whole.subarray(0, end))).toBe(`the archive's cookie is cut ` +
      `off; ${remedy}`);
  });

  test('with a section for the package, the executable itself says so', async () => {
    const { cookie } = places(inSection);
    for (const end of [200_000, cookie, cookie + 50].filter((each) => each < inSection.length)) {
      const cut = /^the section header table lies beyond the end of the file: it is truncated \(\d+ of at least \d+ bytes\); /;
      expect(await sentenceOf(inSection.subarray(0, end))).toMatch(cut);
    }
  });

  test.each([
    ['darwin-arm64', 'a segment reaches beyond the end of the file'],
    ['darwin-universal', 'a slice reaches beyond the end of the file'],
    ['windows-amd64.exe', noArchive],
  ])('of %s', async (name, expected) => {
    const bytes = await readFile(join(bundlesFolder, name));
    expect(await sentenceOf(bytes.subarray(0, places(bytes).cookie - 20))).toContain(expected);
  });

  test('so early that nothing tells of PyInstaller, it is opaque and truncated', async () => {
    await writeFile(join(folder, 'start'), inSection.subarray(0, 3000));
    expect(await readBundle(join(folder, 'start'))).toMatchObject({ kind: 'opaque', oddities: [{ kind: 'damaged-executable' }] });
  });
});

describe('the module archive', () => {
  const number = (value: number) => [...new Uint8Array(new Int32Array([value]).buffer)];
  const list = (count: number, ...items: number[]) => Buffer.from([0x5b, ...number(count), ...items]);
  const named = [0x29, 2, 0x5a, 1, 0x61]; // a pair whose first item is "a"
  const entry = (offset: number) => list(1, ...named, 0x29, 3, 0x69, ...number(0), 0x69, ...number(offset), 0x69, ...number(1));
  test.each([
    ['another magic', Buffer.from('PKZ\0'.padEnd(60)), 'it does not begin as PyInstaller writes it'],
    ['shorter than its header', Buffer.from('PYZ\0'), 'it does not begin as PyInstaller writes it'],
    ['contents before its start', pyzOf(list(0), { tocOffset: -5 }), 'its table of contents would lie outside it'],
    ['contents beyond its end', pyzOf(list(0), { tocOffset: 5000 }), 'its table of contents would lie outside it'],
    ['a list of four thousand million', pyzOf(list(0xffffffff)), 'a marshalled sequence at byte 5 claims 4294967295 items'],
    ['a list that ends early', pyzOf(list(2, 0x4e)), 'a marshalled sequence at byte 5 claims 2 items'],
    ['nesting', pyzOf(Buffer.concat(Array.from({ length: 50_000 }, () => Buffer.from([0x29, 1])))), 'a marshalled value at byte 18 is ' +
      'nested too deep'],
    ['a code object', pyzOf(Buffer.from([0x63, 0, 0, 0, 0])), 'a marshalled value at byte 0 has the unexpected type "c"'],
    ['a reference to nothing', pyzOf(Buffer.from([0x72, ...number(9)])), 'a marshalled reference at byte 5 points nowhere'],
    ['a number', pyzOf(Buffer.from([0x69, ...number(9)])), 'its table of contents is no list'],
    ['a list of numbers', pyzOf(list(1, 0x69, ...number(9))), 'an entry of its table of contents is no pair'],
    ['a pair without a place', pyzOf(list(1, ...named, 0x4e)), 'an entry of its table of contents has no name or no place'],
    ['a kind of its own', pyzOf(list(1, ...named, 0x29, 3, 0x69, ...number(9), 0x4e, 0x4e)), 'its entry "a" has a kind or a place that ' +
      'makes no sense'],
    ['a module beyond its end', pyzOf(entry(1_000_000)), 'its entry "a" lies outside it'],
    ['a module before its start', pyzOf(entry(-7)), 'its entry "a" lies outside it'],
  ])('%s', async (_, stored, expected) => {
    const sentence = await sentenceOf(withEntryChanged(whole, 'PYZ.pyz', (pyz) => ({ ...pyz, stored, sizeBytes: stored.length })));
    expect(sentence).toBe(`its module archive "PYZ.pyz" is damaged: ${expected}; ${remedy}`);
  });
});

test('entries that share bytes', async () => {
  const { toc } = places(whole);
  const second = toc + whole.readUInt32BE(toc);
  const third = second + whole.readUInt32BE(second);
  const bytes = Buffer.from(whole);
  for (const at of [second, third]) bytes.writeUInt32BE(whole.readUInt32BE(third + 8) + 20, at + 8);
  expect(await sentenceOf(bytes)).toMatch(/^the archive's entry "\w+" lies over another one; /);
});

test('the last cookie counts, as for the bootloader, even when it is none', async () => {
  const { cookie } = places(whole);
  const noCookie = Buffer.concat([whole.subarray(cookie, cookie + 8), Buffer.alloc(90, 0xff)]);
  expect(await sentenceOf(Buffer.concat([whole, noCookie]))).toMatch(/^the archive's cookie tells of 4294967295 bytes/);
});

describe('a one-dir executable', () => {
  test('without its folder', async () => {
    for (const name of ['one-dir', 'flat', 'beside']) {
      await mkdir(join(folder, name));
      await copyFile(join(bundlesFolder, name, name), join(folder, name, name));
    }
    await copyFile(join(bundlesFolder, 'beside/beside.pkg'), join(folder, 'beside/beside.pkg'));
    const sentence = async (name: string) => await readBundle(join(folder, name, name)).catch((error: unknown) => error);
    const missing = (name: string, what: string) => new BundleError(
      `${join(folder, name, name)}: is the executable of a one-dir bundle, but ${what} is not beside it; ship and name it inside its ` +
        'whole folder');
    expect(await sentence('one-dir')).toStrictEqual(missing('one-dir', 'its folder _internal'));
    expect(await sentence('flat')).toStrictEqual(missing('flat', 'the files that were built with it'));
    expect(await sentence('beside')).toStrictEqual(missing('beside', 'its folder files'));
  });

  test.each(['../..', '/etc', '..', 'a\\b'])('whose folder would be %j', async (name) => {
    const parts = dissect(whole);
    const kept = parts.entries.filter(({ typeCode }) => 'msz'.includes(typeCode));
    const bytes = assemble({ ...parts, entries: [...kept, entryOf(`pyi-contents-directory ${name}`, '', 'o', false)] });
    expect(await sentenceOf(bytes)).toBe(`its files would lie in ${JSON.stringify(name)}, which is no name of a folder beside it; ` +
      'build it again');
  });
});

test('a file of 3 GB is read in bounded time and memory', async () => {
  const file = join(folder, 'huge');
  await writeFile(file, whole);
  await truncate(file, 3_000_000_000);
  const { result, cpuMs, peakBytes } = await costOf('../subject.ts', 'readBundle', file);
  expect(result).toBe(`${file}: ${noArchive}; ${remedy}`);
  expect(cpuMs).toBeLessThan(3_000);
  expect(peakBytes).toBeLessThan(150_000_000);
});

test('a file that is written to while it is read', async () => {
  const file = join(folder, 'growing');
  await writeFile(file, whole);
  const reading = withFile(file, async (source) => {
    await using handle = await open(file, 'r+');
    await handle.write(Buffer.from('x'), 0, 1, 100_000_000);
    return await source.read(0, 10);
  });
  await expect(reading).rejects.toThrow(`${file}: was written to while it was read; wait until its build or download has ended`);
});

test('what is no file', async () => {
  await execa('mkfifo', [join(folder, 'pipe')]);
  await expect(readBundle(join(folder, 'pipe'))).rejects.toThrow('pipe: is no regular file; name an executable');
  await expect(readBundle(folder)).rejects.toThrow(`${basename(folder)}: is a folder; name the executable in it`);
  await expect(readBundle(join(folder, 'nothing'))).rejects.toThrow('nothing: no such file; build it first, or name another');
});
