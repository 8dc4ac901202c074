import { readdir, readlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { built, buildBundles, referenceExecutable, runPython, synthesised } from './bundles.testing.ts';
import type { Bundle, FrozenBundle, Module } from '../bundle.ts';
import { readBundle } from '../subject.ts';

// PyInstaller's own readers are the authority: every entry and every module must be the same.
type Listing = {
  /** Offset from the package's start, stored length, length, compression flag, type code. */
  readonly toc: Record<string, [number, number, number, number, string]>;
  readonly options: readonly string[];
  readonly modules: Record<string, [number, number, number]>;
};

const script = fileURLToPath(new URL('archive-listing.py', import.meta.url));
let listings: Record<string, Listing> = {};

beforeAll(async () => {
  await buildBundles();
  const files = [referenceExecutable(), ...synthesised, ...built.map(archiveOf)];
  listings = JSON.parse(await runPython([script, ...files]));
}, 180_000);

/** The side-loaded package is a file of its own. */
function archiveOf(file: string): string {
  return file.endsWith('beside') ? `${file}.pkg` : file;
}

async function frozen(file: string): Promise<FrozenBundle> {
  const bundle: Bundle = await readBundle(file);
  if (bundle.kind === 'opaque') throw new Error(`${file} was read as opaque`);
  return bundle;
}

function moduleKind({ kind }: Module): number {
  return ['module', 'package', 'data', 'namespace package'].indexOf(kind);
}

const everything = () =>
  [referenceExecutable(), ...synthesised, ...built].map((file) => [file.split('/').slice(-2).join('/'), file] as const);

describe.each(everything())('%s', (_, file) => {
  test('has the entries that PyInstaller finds', async () => {
    const bundle = await frozen(file);
    const listing = listings[archiveOf(file)];
    const packed = bundle.entries.filter((entry) => entry.file === undefined && entry.role !== 'option');
    const start = (packed[0]?.offset ?? 0) - (Object.values(listing?.toc ?? {})[0]?.[0] ?? 0);
    const found = packed.map(({ name, offset, storedBytes, sizeBytes, compressed, typeCode }) =>
      [name, [offset - start, storedBytes, sizeBytes, Number(compressed), typeCode]]);
    expect(found.length).toBeGreaterThan(8);
    const expected = Object.entries(listing?.toc ?? {}).map(([name, entry]) => [slashed(name, file), entry]);
    expect(found).toStrictEqual(expected);
    expect(bundle.options).toStrictEqual(listing?.options);
  });

  test('has the frozen modules that PyInstaller finds', async () => {
    const modules = (await frozen(file)).modules.filter(({ origin }) => origin === 'PYZ');
    expect(modules.length).toBeGreaterThan(3);
    expect(Object.fromEntries(modules.map((module) => [module.name, [moduleKind(module), module.offset, module.storedBytes]])))
      .toStrictEqual(listings[archiveOf(file)]?.modules);
  });
});

function slashed(name: string, file: string): string {
  return file.endsWith('.exe') ? name.replaceAll('\\', '/') : name;
}

test.each(built.slice(1))('%s has the files of its folder', async (file) => {
  const bundle = await frozen(file);
  const top = join(dirname(file), bundle.contentsFolder ?? '');
  const files = (await readdir(top, { recursive: true, withFileTypes: true })).filter((each) => !each.isDirectory());
  const paths = files.map(({ parentPath, name }) => relative(top, join(parentPath, name))).filter((path) => join(top, path) !== file);
  const links = Object.fromEntries(
    await Promise.all(bundle.links.map(async ({ name }) => [name, await readlink(join(top, name))] as const)),
  );
  expect(
    [...bundle.entries.filter((entry) => entry.file !== undefined), ...bundle.links].map(({ name }) => name).sort(),
  ).toStrictEqual(paths.sort());
  expect(Object.fromEntries(bundle.links.map(({ name, target }) => [name, target]))).toStrictEqual(links);
});

test('the one-file and the one-dir form of a program hold the same', async () => {
  const [oneFile, ...folders] = await Promise.all(built.map(frozen));
  const contents = ({ modules, nativeFiles, distributions, extractedBytes }: FrozenBundle) => ({
    modules: modules.map(({ name, kind, origin }) => `${name} ${kind} ${origin}`).sort(),
    natives: nativeFiles.map(({ entry, images }) => [entry, images] as const).sort(([left], [right]) => left.localeCompare(right)),
    distributions,
    extractedBytes,
  });
  for (const folder of folders) expect(oneFile && contents(folder)).toStrictEqual(oneFile && contents(oneFile));
});
