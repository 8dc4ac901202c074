import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildBundles, bundlesFolder } from './bundles.testing.ts';
import type { FrozenBundle } from '../bundle.ts';
import { readBundle } from '../subject.ts';
import { assemble, dissect, entryOf, withEntriesAdded, withEntryChanged, type PackedEntry } from './surgery.testing.ts';

let folder = '';
let whole = Buffer.alloc(0);
beforeAll(async () => {
  await buildBundles();
  folder = await mkdtemp(join(tmpdir(), 'frostgate-oddities-'));
  whole = await readFile(join(bundlesFolder, 'linux-arm64-appended'));
}, 180_000);
afterAll(() => rm(folder, { recursive: true }));

async function frozen(content: Buffer): Promise<FrozenBundle> {
  const file = join(folder, 'subject');
  await writeFile(file, content);
  const bundle = await readBundle(file);
  if (bundle.kind === 'opaque') throw new Error('it was read as opaque');
  return bundle;
}

const oddities = async (content: Buffer) => (await frozen(content)).oddities.map(({ kind, sentence }) => `${kind}: ${sentence}`);
const added = async (...entries: readonly PackedEntry[]) => await oddities(withEntriesAdded(whole, ...entries));

describe('names', () => {
  test.each([
    ['../../.ssh/authorized_keys', 'escaping-name: the name "../../.ssh/authorized_keys" has ".." in it: extracting it would write ' +
      'outside the bundle'],
    ['a/../../b', 'escaping-name: the name "a/../../b" has ".." in it: extracting it would write outside the bundle'],
    ['/etc/cron.d/x', 'escaping-name: the name "/etc/cron.d/x" is absolute: extracting it would write outside the bundle'],
    ['C:/Windows/x', 'escaping-name: the name "C:/Windows/x" is absolute: extracting it would write outside the bundle'],
    ['a\\b', 'unclear-name: the name "a\\\\b" has a backslash in it, which only Windows bundles have'],
    ['', 'unclear-name: the name "" is empty'],
    ['a\u001b[31mb', 'unclear-name: the name "a\\u001b[31mb" has control characters in it'],
    ['a\0b', 'unclear-name: the name "a" goes on after a NUL'],
  ])('%j', async (name, expected) => {
    expect(await added(entryOf(name, 'text'))).toStrictEqual([expected]);
  });

  test('that are no UTF-8', async () => {
    expect(await added(entryOf(Buffer.from([0x61, 0xff]), 'text'))).toStrictEqual([
      'unclear-name: the name "a\uFFFD" is not UTF-8', 'unclear-name: the name "a\uFFFD" has control characters in it',
    ]);
  });

  test('with dots and spaces that are fine', async () => {
    expect(await added(entryOf('a..b/c d/…/é.txt', 'text'), entryOf('.hidden', 'text'))).toStrictEqual([]);
  });
});

test('two entries of one name', async () => {
  expect(await added(entryOf('certifi/cacert.pem', 'other'))).toStrictEqual([
    'duplicate-name: the package has two files named "certifi/cacert.pem"; the last one is used',
  ]);
});

test.each([
  ['../outside', 'escaping-link: the link "link" leads out of the bundle, to "../outside"'],
  ['/etc/passwd', 'escaping-link: the link "link" leads out of the bundle, to "/etc/passwd"'],
  ['a/../../b', 'escaping-link: the link "link" leads out of the bundle, to "a/../../b"'],
])('a link to %s', async (target, expected) => {
  expect(await added(entryOf('link', `${target}\0`, 'n'))).toStrictEqual([expected]);
});

test('an entry that would fill the disk is not read', async () => {
  const bomb = {
    name: Buffer.from('bomb.so'), typeCode: 'b', stored: deflateSync(Buffer.alloc(1_000_000)), sizeBytes: 0xfffffff0, compressed: true,
  };
  expect(await added(bomb)).toStrictEqual([`zip-bomb: "bomb.so" claims to grow from ${bomb.stored.length} to 4294967280 bytes; it was ` +
    'not read']);
});

test('an entry of an unknown type', async () => {
  expect(await added(entryOf('what', 'text', 'q'))).toStrictEqual(['unknown-type: the entry "what" is of the unknown type "q"']);
});

test('another archive in front of the last one', async () => {
  const parts = dissect(whole);
  const twice = assemble({ ...parts, front: whole, entries: [...parts.entries, entryOf('second.txt', 'text')] });
  const bundle = await frozen(twice);
  const sentence = 'another archive lies in front of its archive; the bootloader uses the last one in the file';
  expect(bundle.oddities).toStrictEqual([{ kind: 'second-archive', sentence }]);
  expect(bundle.entries.some(({ name }) => name === 'second.txt')).toBe(true);
});

test('an encrypted module archive still has its names', async () => {
  const encrypted = withEntryChanged(whole, 'PYZ.pyz', (entry) => {
    const stored = Buffer.from(entry.stored);
    stored[12] = 1;
    return { ...entry, stored };
  });
  const bundle = await frozen(encrypted);
  const sentence = 'its module archive is encrypted: names can be read, code cannot';
  expect(bundle.oddities).toStrictEqual([{ kind: 'encrypted-code', subject: 'PYZ.pyz', sentence }]);
  expect(bundle.modules.some(({ name }) => name === 'ns.inner')).toBe(true);
});

test.each([
  ['PYZ.pyz', 'no-modules: it has no archive of frozen modules'],
  ['base_library.zip', 'no-base-library: it has no base_library.zip, without which Python does not start'],
  ['libpython3.11.so.1.0', 'no-python-library: it has no "libpython3.11.so.1.0", which its bootloader loads'],
])('without %s', async (name, expected) => {
  const parts = dissect(whole);
  expect(
    await oddities(assemble({ ...parts, entries: parts.entries.filter((entry) => entry.name.toString() !== name) })),
  ).toStrictEqual([expected]);
});

test.each([
  ['libpython3.11.so.1.0', Buffer.from('\x7fELF\x02'), 'the ELF header reaches beyond the end of the file: it is truncated (5 of at ' +
    'least 64 bytes)'],
  ['base_library.zip', Buffer.from('PK'), 'it is no zip file'],
])('%s that is damaged inside', async (name, contents, expected) => {
  const content = withEntryChanged(whole, name, ({ typeCode }) => entryOf(name, contents, typeCode));
  expect(await oddities(content)).toStrictEqual([`damaged-member: "${name}" cannot be read: ${expected}`]);
});

test('a library whose compressed bytes are damaged', async () => {
  const name = 'libpython3.11.so.1.0';
  const content = withEntryChanged(whole, name, (entry) => ({ ...entry, stored: Buffer.from(entry.stored).fill(0xff, 40) }));
  const expected = /^damaged-member: "libpython3\.11\.so\.1\.0" cannot be read: its compressed data are damaged \(zlib: .+\)$/;
  expect(await oddities(content)).toStrictEqual([expect.stringMatching(expected)]);
});

test('what PyInstaller takes for a binary because it is executable is data', async () => {
  const bundle = await frozen(withEntriesAdded(whole, entryOf('bin/tool.sh', '#!/bin/sh\n', 'b')));
  expect(bundle.oddities).toStrictEqual([]);
  expect(bundle.entries.at(-1)).toMatchObject({ name: 'bin/tool.sh', role: 'data' });
});
