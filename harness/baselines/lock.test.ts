import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from 'vitest';
import { referenceProject } from '../run/reference.ts';
import { findBaseline } from './baseline.ts';
import { readLock, readOwnDistribution, type Lock } from './lock.ts';
import { lockFileOf, managerNamed } from './registry.ts';

const test = base.extend<{ folder: string }>({
  // oxlint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'frostgate-lock-'));
    await use(folder);
    await rm(folder, { recursive: true });
  },
});

const read = (directory: string, id: string): Promise<Lock | undefined> => {
  const manager = managerNamed(id);
  const lockFile = lockFileOf(manager, directory);
  const commands = manager.install({ directory, entry: 'main.py' }, lockFile);
  return readLock({ directory, lockFile, manager: { id, commands } });
};
const entries = (lock: Lock | undefined) => Object.fromEntries(lock?.versions ?? []);

test('the reference: versions and groups by normalised name, without the project itself', async () => {
  const lock = await readLock(await findBaseline(referenceProject, 'main.py'));
  expect(lock?.file).toBe('poetry.lock');
  expect(lock?.versions.get('redis')).toEqual({ name: 'redis', versions: ['8.1.0'], groups: ['main'] });
  expect(lock?.versions.get('altgraph')?.groups).toEqual(['build']);
  expect(lock?.versions.get('typing-extensions')?.versions).toHaveLength(1);
  expect(lock?.versions.has('agent-runner')).toBe(false);
  expect(await readOwnDistribution(referenceProject)).toEqual({ name: 'agent-runner', version: '1.0.0' });
});

test('several versions of one name, a dependency by path, a lock without groups', async ({ folder }) => {
  const pack = (...lines: string[]) => `[[package]]\n${lines.join('\n')}\n`;
  await writeFile(join(folder, 'poetry.lock'), [
    pack('name = "NumPy"', 'version = "1.26.4"', 'groups = ["main"]'),
    pack('name = "numpy"', 'version = "2.1.0"', 'groups = ["dev"]'),
    pack('name = "own.library"', 'version = "0.1.0"', '[package.source]', 'type = "directory"', 'url = "../library"'),
  ].join('\n'));
  expect(entries(await read(folder, 'poetry'))).toEqual({
    numpy: { name: 'numpy', versions: ['1.26.4', '2.1.0'], groups: ['main', 'dev'] },
    'own-library': { name: 'own.library', versions: [] },
  });
});

test('requirements that are pinned, with hashes, markers, extras, addresses and comments', async ({ folder }) => {
  await writeFile(join(folder, 'requirements-dev.txt'), 'pytest\n');
  await writeFile(join(folder, 'requirements.txt'), [
    '# made by pip-compile', '--index-url https://example.org/simple', 'Six[extra]==1.17.0 ; python_version >= "3" \\',
    '    --hash=sha256:00 \\', '    --hash=sha256:11', '    # via -r requirements.in',
    'own @ https://example.org/own-1.0.zip --hash=sha256:22', 'numpy===2.1.0+cpu # fast', '',
  ].join('\n'));
  const lock = await read(folder, 'venv');
  expect(lock?.file).toBe('requirements.txt');
  expect(entries(lock)).toEqual({
    six: { name: 'Six', versions: ['1.17.0'], groups: ['main'] },
    own: { name: 'own', versions: [], groups: ['main'] },
    numpy: { name: 'numpy', versions: ['2.1.0+cpu'], groups: ['main'] },
  });
});

test.each(['six>=1.0\n', 'six\n', 'six==1.*\n', 'six==1.0\nflask\n', '# nothing\n', '-r other.txt\n'])('%j fixes nothing', async (text) => {
  const folder = await mkdtemp(join(tmpdir(), 'frostgate-lock-'));
  await writeFile(join(folder, 'requirements.txt'), text);
  expect(await read(folder, 'venv')).toBeUndefined();
  await rm(folder, { recursive: true });
});

test('pylock.toml: groups by marker, without the project itself; it goes before requirements', async ({ folder }) => {
  await writeFile(join(folder, 'requirements.txt'), 'six==1.0\n');
  await writeFile(join(folder, 'pylock.toml'), [
    'lock-version = "1.0"', '[[packages]]', 'name = "six"', 'version = "1.17.0"',
    '[[packages]]', 'name = "pytest"', 'version = "9.0"', `marker = "'dev' in dependency_groups or 'test' in extras"`,
    '[[packages]]', 'name = "app"', 'directory = { path = "." }',
    '[[packages]]', 'name = "library"', 'directory = { path = "../library" }', '',
  ].join('\n'));
  expect(entries(await read(folder, 'venv'))).toEqual({
    six: { name: 'six', versions: ['1.17.0'], groups: ['main'] },
    pytest: { name: 'pytest', versions: ['9.0'], groups: ['dev', 'test'] },
    library: { name: 'library', versions: [], groups: ['main'] },
  });
});

test.for([
  ['[project]\nname = "a"\nversion = "1.2"\n[tool.poetry]\nversion = "0"\n', { name: 'a', version: '1.2' }],
  ['[project]\nname = "a"\ndynamic = ["version"]\n[tool.poetry]\nversion = "3"\n', { name: 'a', version: '3' }],
  ['[tool.poetry]\nname = "a"\nversion = "0.0.0"\n', { name: 'a' }],
  ['[build-system]\nrequires = []\n', undefined],
] as const)('the project itself: %j', async ([text, own], { folder }) => {
  expect(await readOwnDistribution(folder)).toBeUndefined();
  await writeFile(join(folder, 'pyproject.toml'), text);
  expect(await readOwnDistribution(folder)).toEqual(own);
});

test.for([
  ['poetry', 'poetry.lock', 'poetry lock'], ['venv', 'pylock.toml', 'pip lock -r requirements.in -o pylock.toml'],
] as const)('%s: no lock is undefined, and one that cannot be understood says what to do', async ([id, file, remedy], { folder }) => {
  expect(await read(folder, id)).toBeUndefined();
  for (const text of ['<<<<<<< HEAD\n', '[[package]]\nname = 1\n']) {
    await writeFile(join(folder, file), text);
    await expect(read(folder, id)).rejects.toThrow(new RegExp(`${file}: cannot be understood \\(.*\\); run: cd .* && ${remedy}$`));
  }
});
