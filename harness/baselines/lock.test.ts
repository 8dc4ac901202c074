import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from 'vitest';
import { referenceProject } from '../run/reference.ts';
import { readLock, readOwnDistribution } from './lock.ts';

const test = base.extend<{ folder: string }>({
  // oxlint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'frostgate-lock-'));
    await use(folder);
    await rm(folder, { recursive: true });
  },
});

test('the reference: versions and groups by normalised name, without the project itself', async () => {
  const lock = await readLock(referenceProject);
  expect(lock?.get('redis')).toEqual({ name: 'redis', versions: ['8.1.0'], groups: ['main'] });
  expect(lock?.get('altgraph')?.groups).toEqual(['build']);
  expect(lock?.get('typing-extensions')?.versions).toHaveLength(1);
  expect(lock?.has('agent-runner')).toBe(false);
  expect(await readOwnDistribution(referenceProject)).toEqual({ name: 'agent-runner', version: '1.0.0' });
});

test('several versions of one name, a dependency by path, a lock without groups', async ({ folder }) => {
  const pack = (...lines: string[]) => `[[package]]\n${lines.join('\n')}\n`;
  await writeFile(join(folder, 'poetry.lock'), [
    pack('name = "NumPy"', 'version = "1.26.4"', 'groups = ["main"]'),
    pack('name = "numpy"', 'version = "2.1.0"', 'groups = ["dev"]'),
    pack('name = "own.library"', 'version = "0.1.0"', '[package.source]', 'type = "directory"', 'url = "../library"'),
  ].join('\n'));
  expect(Object.fromEntries((await readLock(folder)) ?? [])).toEqual({
    numpy: { name: 'numpy', versions: ['1.26.4', '2.1.0'], groups: ['main', 'dev'] },
    'own-library': { name: 'own.library', versions: [] },
  });
});

test.for([
  ['[project]\nname = "a"\nversion = "1.2"\n[tool.poetry]\nversion = "0"\n', { name: 'a', version: '1.2' }],
  ['[project]\nname = "a"\ndynamic = ["version"]\n[tool.poetry]\nversion = "3"\n', { name: 'a', version: '3' }],
  ['[tool.poetry]\nname = "a"\nversion = "0.0.0"\n', { name: 'a' }],
  ['[build-system]\nrequires = []\n', undefined],
] as const)('the project itself: %j', async ([text, own], { folder }) => {
  await writeFile(join(folder, 'pyproject.toml'), text);
  expect(await readOwnDistribution(folder)).toEqual(own);
});

test('no lock is undefined, and one that cannot be understood says what to do', async ({ folder }) => {
  expect(await readLock(folder)).toBeUndefined();
  await writeFile(join(folder, 'poetry.lock'), '<<<<<<< HEAD\n');
  await expect(readLock(folder)).rejects.toThrow(/poetry\.lock: cannot be understood \(.*\); run: cd .* && poetry lock$/);
  await writeFile(join(folder, 'poetry.lock'), '[[package]]\nname = 1\n');
  await expect(readLock(folder)).rejects.toThrow(/poetry\.lock: cannot be understood \(.*\); run: cd .* && poetry lock$/);
});
