import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BundleError } from '../native/errors.ts';
import { buildBundles, bundlesFolder, referenceExecutable, runPython } from './bundles.testing.ts';
import type { Entry, FrozenBundle } from '../bundle.ts';
import { eachModuleCode } from './module-code.ts';
import { readBundle } from '../subject.ts';
import { readEntry } from './read-entry.ts';
import { entryOf, withEntriesAdded } from './surgery.testing.ts';

let folder = '';
beforeAll(async () => {
  await buildBundles();
  folder = await mkdtemp(join(tmpdir(), 'frostgate-entry-'));
}, 180_000);
afterAll(() => rm(folder, { recursive: true }));

async function frozen(file: string): Promise<FrozenBundle> {
  const bundle = await readBundle(file);
  if (bundle.kind === 'opaque') throw new Error(`${file} was read as opaque`);
  return bundle;
}

function find(bundle: FrozenBundle, name: string): Entry {
  const found = bundle.entries.find((entry) => entry.name === name);
  if (found === undefined) throw new Error(`no entry ${name}`);
  return found;
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test('an entry has the bytes that PyInstaller extracts', async () => {
  const bundle = await frozen(referenceExecutable());
  const names = ['agent_runner/prompts/system.md', 'base_library.zip', bundle.pythonLibrary, 'main', 'certifi/py.typed'];
  const extract = `import sys, json, hashlib
from PyInstaller.archive.readers import CArchiveReader
archive = CArchiveReader(sys.argv[1])
print(json.dumps([hashlib.sha256(archive.extract(name)).hexdigest() for name in sys.argv[2:]]))`;
  const expected: unknown = JSON.parse(await runPython(['-c', extract, referenceExecutable(), ...names]));
  expect(await Promise.all(names.map(async (name) => sha256(await readEntry(bundle, find(bundle, name)))))).toStrictEqual(expected);
});

test('a file of a one-dir folder has its bytes', async () => {
  const bundle = await frozen(join(bundlesFolder, 'one-dir/one-dir'));
  const expected = await readFile(join(bundlesFolder, 'one-dir/_internal/certifi/cacert.pem'));
  expect(await readEntry(bundle, find(bundle, 'certifi/cacert.pem'))).toStrictEqual(expected);
});

test('no more is read than the limit', async () => {
  const bundle = await frozen(join(bundlesFolder, 'linux-arm64'));
  const entry = find(bundle, 'certifi/cacert.pem');
  expect((await readEntry(bundle, entry, { limitBytes: 56_000 })).length).toBe(56_000);
  await expect(readEntry(bundle, entry, { limitBytes: 55_999 })).rejects.toThrow(new BundleError(
    `${bundle.file}: "certifi/cacert.pem" has 56000 bytes, of which at most 55999 are read; read it as a stream`));
});

test('a member that is not what it claims is refused', async () => {
  const file = join(folder, 'liar');
  const whole = await readFile(join(bundlesFolder, 'linux-arm64-appended'));
  const [small, large] = [entryOf('small', Buffer.alloc(3_000_000)), entryOf('large', 'x')];
  await writeFile(file, withEntriesAdded(whole, { ...small, sizeBytes: 10 }, { ...large, sizeBytes: 5_000_000 }));
  const bundle = await frozen(file);
  await expect(readEntry(bundle, find(bundle, 'small'))).rejects.toThrow(
    'liar: "small" cannot be read: it inflates to more than the 10 bytes that it claims; copy, download or build');
  await expect(readEntry(bundle, find(bundle, 'large'))).rejects.toThrow(
    'liar: "large" cannot be read: its compressed data end after 1 of 5000000 bytes; copy, download or build');
});

test('the code of every frozen module is what PyInstaller reads', async () => {
  const bundle = await frozen(join(bundlesFolder, 'one-file'));
  const digests: Record<string, string> = {};
  await eachModuleCode(bundle, (found) => void (digests[found.module.name] = 'code' in found ? sha256(found.code) : found.damage));
  const extract = `import sys, json, hashlib
from PyInstaller.archive.readers import CArchiveReader
pyz = CArchiveReader(sys.argv[1]).open_embedded_archive('PYZ.pyz')
print(json.dumps({name: hashlib.sha256(pyz.extract(name, raw=True)).hexdigest() for name, entry in pyz.toc.items() if entry[2]}))`;
  expect(Object.keys(digests).length).toBeGreaterThan(100);
  expect(digests).toStrictEqual(JSON.parse(await runPython(['-c', extract, bundle.file])));
});

test('only the wanted modules are read', async () => {
  const names: string[] = [];
  await eachModuleCode(
    await frozen(join(bundlesFolder, 'one-file')), ({ module }) => names.push(module.name), ({ name }) => name === 'yaml',
  );
  expect(names).toStrictEqual(['yaml']);
});
