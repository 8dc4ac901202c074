import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildBundles, built, bundlesFolder, costOf, referenceExecutable, synthesised } from './bundles.testing.ts';
import { readBundle, readContents } from '../subject.ts';
import { dissect, entryOf, withEntriesAdded, withEntryChanged } from './surgery.testing.ts';

let folder = '';
let whole = Buffer.alloc(0);
let baseLibrary = Buffer.alloc(0); // encodings/__init__.pyc and codecs.pyc as Python's zipfile stores them
beforeAll(async () => {
  await buildBundles();
  folder = await mkdtemp(join(tmpdir(), 'frostgate-intact-'));
  whole = await readFile(join(bundlesFolder, 'linux-arm64-appended'));
  baseLibrary = inflateSync(dissect(whole).entries.find(({ name }) => name.toString() === 'base_library.zip')?.stored ?? '');
}, 180_000);
afterAll(() => rm(folder, { recursive: true }));

async function problems(content: Buffer): Promise<string[]> {
  const file = join(folder, 'subject');
  await writeFile(file, content);
  return (await readContents(file)).problems.map(({ sentence }) => sentence.replace(`${file}: `, ''));
}

test('what is whole has no problems', async () => {
  for (const file of [...synthesised, ...built, process.execPath]) expect((await readContents(file)).problems).toStrictEqual([]);
});

test('the reference executable is whole, which takes seconds of one core and little memory', async () => {
  const { result, cpuMs, peakBytes } = await costOf('../subject.ts', 'readContents', referenceExecutable());
  expect(result).toStrictEqual([]);
  expect(cpuMs).toBeLessThan(6_000); // 1,300 ms on a quiet machine, the start of Node's TypeScript loader included
  expect(peakBytes).toBeLessThan(250_000_000);
}, 60_000);

// Of the whole file, every byte of a member that is changed must be found.
test('one flipped bit in any compressed member or module is found', async () => {
  await writeFile(join(folder, 'whole'), whole);
  const bundle = await readBundle(join(folder, 'whole'));
  if (bundle.kind === 'opaque') throw new Error('it was read as opaque');
  const pyz = bundle.entries.find(({ role }) => role === 'modules');
  const members = [
    ...bundle.entries.filter(({ compressed }) => compressed),
    ...bundle.modules.filter(({ origin, storedBytes }) => origin === 'PYZ' && storedBytes > 0)
      .map((module) => ({ ...module, offset: module.offset + (pyz?.offset ?? 0) })),
  ];
  expect(members.length).toBeGreaterThan(12);
  const missed: string[] = [];
  for (const { name, offset, storedBytes } of members) {
    const bytes = Buffer.from(whole);
    const at = offset + Math.floor(storedBytes / 2);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at);
    if (!(await problems(bytes)).some((sentence) => sentence.startsWith(`"${name}" is damaged: `))) missed.push(name);
  }
  expect(missed).toStrictEqual([]);
});

test.each([
  ['it claims less', (size: number) => size - 1, (size: number) => `it inflates to more than the ${size - 1} bytes that it claims`],
  ['it claims more', (size: number) => size + 1, (size: number) => `it inflates to ${size} bytes instead of ${size + 1}`],
])('a member whose length is not what %s', async (_, claim, expected) => {
  const content = withEntryChanged(whole, 'certifi/cacert.pem', (entry) => ({ ...entry, sizeBytes: claim(entry.sizeBytes) }));
  expect(await problems(content)).toStrictEqual([`"certifi/cacert.pem" is damaged: ${expected(54_000 + 2_000)}`]);
});

test('a member that ends early', async () => {
  const content = withEntryChanged(whole, 'certifi/cacert.pem', (entry) => ({ ...entry, stored: entry.stored.subarray(0, -6) }));
  expect(await problems(content)).toStrictEqual(['"certifi/cacert.pem" is damaged: its compressed data are damaged (zlib: unexpected ' +
    'end of file)']);
});

test('a member that is stored as it is and claims another length', async () => {
  const content = withEntriesAdded(whole, { ...entryOf('plain', 'four', 'x', false), sizeBytes: 5 });
  expect(await problems(content)).toStrictEqual(['"plain" is damaged: it is stored as it is, but claims 5 bytes instead of 4']);
});

test('a bomb is not inflated', async () => {
  const stored = deflateSync(Buffer.alloc(100_000_000));
  const started = performance.now();
  expect(await problems(withEntriesAdded(whole, { ...entryOf('bomb', ''), stored, sizeBytes: 4_000_000_000 }))).toStrictEqual([
    `"bomb" is damaged: it claims to grow from ${stored.length} to 4000000000 bytes`,
  ]);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('a member of base_library.zip whose checksum does not fit', async () => {
  const content = withEntryChanged(whole, 'base_library.zip', ({ typeCode }) => {
    const zip = Buffer.from(baseLibrary);
    zip.write('NO', zip.indexOf('no code'));
    return entryOf('base_library.zip', zip, typeCode);
  });
  expect(await problems(content)).toStrictEqual(['"base_library.zip/encodings/__init__.pyc" is damaged: its checksum does not fit']);
});

test('a library of a one-dir folder that is cut off', async () => {
  await cp(join(bundlesFolder, 'one-dir'), join(folder, 'one-dir'), { recursive: true });
  await truncate(join(folder, 'one-dir/_internal/libz.so.1'), 50_000);
  expect((await readContents(join(folder, 'one-dir/one-dir'))).problems).toStrictEqual([
    { subject: 'libz.so.1', sentence: expect.stringMatching(/^"libz\.so\.1" is damaged: .* truncated \(50000 of at least \d+ bytes\)$/) },
  ]);
});

test('a file that cannot be read as a bundle is one problem', async () => {
  const expected = /^the archive's cookie is cut off; copy, download or build it again/;
  expect(await problems(whole.subarray(0, -50))).toStrictEqual([expect.stringMatching(expected)]);
});
