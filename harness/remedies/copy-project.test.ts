import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test as base } from 'vitest';
import { copyProject } from './copy-project.ts';

const test = base.extend<{ folder: string; write: (file: string, text?: string) => void }>({
  // oxlint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'frostgate-copy-'));
    mkdirSync(join(folder, 'project'));
    await use(folder);
    rmSync(folder, { recursive: true });
  },
  write: ({ folder }, use) =>
    use((file, text = file) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }),
});

const copy = (folder: string, more: Partial<Parameters<typeof copyProject>[0]> = {}) =>
  copyProject({ project: join(folder, 'project'), target: join(folder, 'copy'), signal: new AbortController().signal, ...more });

/** Every file and link of the copy, folders left out. */
const copied = (folder: string) => filesBelow(join(folder, 'copy')).toSorted();

/** Not readdir's own recursion, which follows links. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(
    (entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)).map((path) => `${entry.name}/${path}`) : [entry.name]),
  );

test('sources are copied, environments, caches and earlier results are not', async ({ folder, write }) => {
  const kept = ['main.py', 'worker/__init__.py', 'worker/build/dist/rules.py', '.hidden', 'data/ä ö.txt'];
  const left = [
    'dist/worker', 'build/x', '.git/HEAD', '.venv/pyvenv.cfg', 'my env/pyvenv.cfg', 'my env/lib/x.py', 'worker/__pycache__/a.pyc',
    'ui/node_modules/a.js', '.mypy_cache/x',
  ];
  for (const file of [...kept, ...left]) write(`project/${file}`);
  expect(await copy(folder)).toEqual([]);
  expect(copied(folder)).toEqual(kept.toSorted());
  expect(readFileSync(join(folder, 'copy/data/ä ö.txt'), 'utf8')).toBe('project/data/ä ö.txt');
});

test('a spec in a folder called build keeps that folder', async ({ folder, write }) => {
  for (const file of ['build/worker.spec', 'dist/worker']) write(`project/${file}`);
  await copy(folder, { keep: 'build' });
  expect(copied(folder)).toEqual(['build/worker.spec']);
});

test.skipIf(process.platform === 'win32')('links stay within the copy; those that lead out of the project are left ' +
  'out', async ({ folder, write }) => {
  write('outside/secret.txt');
  write('project/texts/a.txt');
  const link = (target: string, name: string) => symlinkSync(target, join(folder, 'project', name));
  link('texts/a.txt', 'relative');
  link(join(folder, 'project/texts'), 'absolute');
  link('../outside/secret.txt', 'out');
  link(join(folder, 'outside'), 'out-folder');
  link('nowhere', 'dangling');
  link('loop', 'loop');
  link('.', 'itself');
  link('out', 'texts/chain');
  execFileSync('mkfifo', [join(folder, 'project', 'pipe')]);
  expect((await copy(folder)).toSorted()).toEqual(['dangling', 'loop', 'out', 'out-folder', 'texts/chain']);
  expect(copied(folder)).toEqual(['absolute', 'itself', 'relative', 'texts/a.txt']);
  expect(readlinkSync(join(folder, 'copy/absolute'))).toBe('texts');
  expect(readlinkSync(join(folder, 'copy/itself'))).toBe('.');
  expect(readFileSync(join(folder, 'copy/relative'), 'utf8')).toBe('project/texts/a.txt');
});

test('a project with data in it is refused, with the reason', async ({ folder, write }) => {
  write('project/a', 'x'.repeat(600));
  write('project/b', 'x'.repeat(600));
  await expect(copy(folder, { limits: { bytes: 1000, files: 10 } })).rejects.toThrow(
    /project holds more than 0\.001 MB or 10 files, and a remedy is tried on a copy; keep data out/,
  );
  await expect(copy(folder, { limits: { bytes: 10_000, files: 1 } })).rejects.toThrow(/more than 0\.01 MB or 1 files/);
});

test('an interrupt ends it', async ({ folder, write }) => {
  write('project/a');
  await expect(copy(folder, { signal: AbortSignal.abort() })).rejects.toThrow(/^interrupted$/);
});
