import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildBundles, bundlesFolder } from './bundles.testing.ts';
import type { FrozenBundle } from '../bundle.ts';
import { readBundle, readContents } from '../subject.ts';
import { readEntry } from './read-entry.ts';
import { assemble, dissect } from './surgery.testing.ts';

let folder = '';
beforeAll(async () => {
  await buildBundles();
  folder = await mkdtemp(join(tmpdir(), 'frostgate-tree-'));
}, 180_000);
afterAll(() => rm(folder, { recursive: true }));

async function frozen(file: string): Promise<FrozenBundle> {
  const bundle = await readBundle(file);
  if (bundle.kind === 'opaque') throw new Error(`${file} was read as opaque`);
  return bundle;
}

test('a link to the executable leads to its folder', async () => {
  await symlink(join(bundlesFolder, 'one-dir/one-dir'), join(folder, 'link'));
  await symlink(join(bundlesFolder, 'beside/beside'), join(folder, 'link-beside'));
  const { file, ...direct } = await frozen(join(bundlesFolder, 'one-dir/one-dir'));
  const linked = await frozen(join(folder, 'link'));
  expect(linked).toStrictEqual({ ...direct, file: join(folder, 'link') });
  expect(file).not.toBe(linked.file);
  expect((await frozen(join(folder, 'link-beside'))).entries.length).toBe(linked.entries.length);
});

test('links in the folder are told, not followed', async () => {
  await cp(join(bundlesFolder, 'one-dir'), join(folder, 'one-dir'), { recursive: true });
  await symlink('libz.so.1', join(folder, 'one-dir/_internal/libz.so'));
  await symlink('../../..', join(folder, 'one-dir/_internal/certifi/up'));
  const { links, oddities, entries } = await frozen(join(folder, 'one-dir/one-dir'));
  expect(links).toStrictEqual([{ name: 'libz.so', target: 'libz.so.1' }, { name: 'certifi/up', target: '../../..' }]);
  const sentence = 'the link "certifi/up" leads out of the bundle, to "../../.."';
  expect(oddities).toStrictEqual([{ kind: 'escaping-link', subject: 'certifi/up', sentence }]);
  expect(entries.some(({ name }) => name.startsWith('certifi/up') || name === 'libz.so')).toBe(false);
});

test('a macOS application has its files in two folders that point at each other', async () => {
  const part = (name: string) => join(folder, 'Hello.app/Contents', name);
  const [macOs, frameworks, resources] = [part('MacOS'), part('Frameworks'), part('Resources')];
  for (const each of [macOs, join(frameworks, 'app'), join(resources, 'certifi')]) await mkdir(each, { recursive: true });
  const parts = dissect(await readFile(join(bundlesFolder, 'darwin-arm64')));
  const entries = parts.entries.filter(({ typeCode }) => 'msoz'.includes(typeCode));
  await writeFile(join(macOs, 'hello'), assemble({ ...parts, entries, rest: Buffer.alloc(60_000) }));
  await cp(join(bundlesFolder, 'darwin-arm64'), join(frameworks, 'libpython3.11.dylib'));
  await cp(join(bundlesFolder, 'one-dir/_internal/base_library.zip'), join(resources, 'base_library.zip'));
  await writeFile(join(resources, 'certifi/cacert.pem'), 'text');
  await symlink('../Resources/base_library.zip', join(frameworks, 'base_library.zip'));
  await symlink('../Resources/certifi', join(frameworks, 'certifi'));
  await symlink('../../Resources/certifi/cacert.pem', join(frameworks, 'app/pem'));
  await symlink('../Frameworks/libpython3.11.dylib', join(resources, 'libpython3.11.dylib'));

  const bundle = await frozen(join(macOs, 'hello'));
  expect(bundle).toMatchObject({ kind: 'one-dir', contentsFolder: '../Frameworks', links: [], platforms: ['darwin-arm64'] });
  expect(bundle.oddities.map(({ sentence }) => sentence)).toStrictEqual([]);
  expect(bundle.entries.filter(({ file }) => file !== undefined).map(({ name, file, role }) => [name, file, role])).toStrictEqual([
    ['libpython3.11.dylib', '../Frameworks/libpython3.11.dylib', 'library'],
    ['base_library.zip', '../Resources/base_library.zip', 'base library'],
    ['certifi/cacert.pem', '../Resources/certifi/cacert.pem', 'data'],
  ]);
  expect(bundle.modules.some(({ name, origin }) => name === 'encodings' && origin === 'base_library.zip')).toBe(true);
  const pem = bundle.entries.find(({ name }) => name === 'certifi/cacert.pem');
  expect(pem && (await readEntry(bundle, pem)).toString()).toBe('text');
  expect((await readContents(join(macOs, 'hello'))).problems).toStrictEqual([]);
});
