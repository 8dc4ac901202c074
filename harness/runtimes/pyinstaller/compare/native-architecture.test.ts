import { expect, test } from 'vitest';
import { join } from 'node:path';
import type { NativeFile } from '../../bundle.ts';
import { bundlesFolder, synthesised } from '../bundles.testing.ts';
import { foreignMembers, misalignedLibraries } from './native-architecture.ts';
import { readFrozen, readReference } from './real-bundles.testing.ts';

test.each(synthesised)('%s: its members are for its own platform', async (file) => {
  expect(foreignMembers(await readFrozen(file))).toEqual([]);
});

test('the reference has no foreign member', async () => {
  const bundle = await readReference();
  expect(bundle.nativeFiles.length).toBeGreaterThan(50);
  expect(foreignMembers(bundle)).toEqual([]);
});

test.each([
  ['linux-arm64', 'linux-amd64-5.13', 'linux-arm64', 'linux-amd64'],
  ['windows-amd64.exe', 'linux-arm64', 'windows-amd64', 'linux-arm64'],
  ['linux-amd64-5.13', 'linux-amd64-musl', 'linux-amd64', 'linux-amd64 with musl'],
])('the members of %s in %s', async (from, into, found, own) => {
  const [{ nativeFiles }, bundle] = [await readFrozen(join(bundlesFolder, from)), await readFrozen(join(bundlesFolder, into))];
  const facts = foreignMembers({ ...bundle, nativeFiles });
  expect(facts.length).toBeGreaterThan(0);
  const members = facts.map(({ args }) => args['member']);
  expect(facts.map(({ line }) => line)).toEqual(members.map((member) => `${member} is for ${found}, the executable for ${own}`));
  expect(facts.map(({ names }) => names)).toEqual(members.map((member) => [`file:${member}`]));
});

test('a universal member is right in the executable of one processor', async () => {
  const [{ nativeFiles }, bundle] = [
    await readFrozen(join(bundlesFolder, 'darwin-universal')), await readFrozen(join(bundlesFolder, 'darwin-arm64')),
  ];
  expect(foreignMembers({ ...bundle, nativeFiles })).toEqual([]);
});

test('a universal executable is told which of its platforms a member lacks', async () => {
  const bundle = await readFrozen(join(bundlesFolder, 'darwin-universal'));
  const nativeFiles = bundle.nativeFiles.map(
    (file) => ({ ...file, images: file.images.filter(({ platform }) => platform === 'darwin-arm64') }),
  );
  expect(foreignMembers({ ...bundle, nativeFiles })[0]?.args).toMatchObject({ found: 'darwin-arm64', expected: 'darwin-amd64' });
});

test('the programs for Windows that setuptools and pip carry everywhere are no defect, a library beside them is', async () => {
  const bundle = await readReference();
  const windows = (entry: string): NativeFile => ({ entry, format: 'PE', images: [{ platform: 'windows-386', needs: [] }] });
  const carried = [
    'setuptools/cli-32.exe', 'setuptools/gui-arm64.exe', 'pip/_vendor/distlib/t64-arm.exe', 'pip/_vendor/distlib/w32.exe',
  ].map(windows);
  expect(
    foreignMembers({ ...bundle, nativeFiles: [...carried, windows('pack/native.dll')] }).map(({ args }) => args['member']),
  ).toEqual(['pack/native.dll']);
});

test('libraries whose segments strip has moved are told in one, by the names that the loader calls them', async () => {
  const bundle = await readReference();
  expect(misalignedLibraries(bundle)).toEqual([]);
  const damaged = (entry: string): NativeFile => ({
    entry, format: 'ELF', images: [{ platform: 'linux-amd64', needs: [], misaligned: true }],
  });
  expect(misalignedLibraries({ ...bundle, nativeFiles: [...bundle.nativeFiles, damaged('a.libs/one.so'), damaged('two.so')] })).toEqual([
    expect.objectContaining({ args: { members: 'a.libs/one.so, two.so', count: '2' }, names: [
      'file:a.libs/one.so', 'file:one.so', 'file:two.so', 'file:two.so',
    ] }),
  ]);
});
