import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Artifacts } from './artifacts.ts';

let folder = '';
let artifacts = new Artifacts(tmpdir());
const plain = { name: 'report', path: 'reports/linux-amd64', archive: true, hidden: false };
const filesIn = async (path: string) => (await readdir(join(folder, path), { recursive: true })).toSorted();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frostgate-artifacts-'));
  artifacts = new Artifacts(join(folder, 'store'));
  await mkdir(join(folder, 'reports/linux-amd64/evidence'), { recursive: true });
  for (const file of [
    'report.json', 'evidence/log.txt', 'evidence/.hidden',
  ]) await writeFile(join(folder, 'reports/linux-amd64', file), file);
});
afterEach(async () => await rm(folder, { recursive: true }));

test('a folder keeps its inner paths; hidden files come along only when they are asked for', async () => {
  artifacts.upload(plain, folder);
  artifacts.upload({ ...plain, name: 'whole', hidden: true }, folder);
  expect(await filesIn('store/report')).toEqual(['evidence', 'evidence/log.txt', 'report.json']);
  expect(await filesIn('store/whole')).toEqual(['evidence', 'evidence/.hidden', 'evidence/log.txt', 'report.json']);
});

test('a file without an archive gives the artifact its name', async () => {
  artifacts.upload({ ...plain, name: 'artifact', path: 'reports/linux-amd64/report.json', archive: false }, folder);
  expect(artifacts.names()).toEqual(['report.json']);
  expect(() => artifacts.upload({ ...plain, archive: false }, folder)).toThrow('without an archive one file can be uploaded');
});

test.each([
  ['the same name twice', plain, 'an artifact with the name report already exists'],
  ['nothing to upload', { ...plain, name: 'none', path: 'nowhere' }, 'no files were found with the provided path: nowhere'],
  ['a name that is not allowed', { ...plain, name: 'a:b' }, 'not allowed in an artifact: a:b'],
])('%s fails', (_, upload, message) => {
  artifacts.upload(plain, folder);
  expect(() => artifacts.upload(upload, folder)).toThrow(message);
});

test('a file whose name is not allowed fails', async () => {
  await writeFile(join(folder, 'reports/linux-amd64/evidence/12:30.txt'), '');
  expect(() => artifacts.upload(plain, folder)).toThrow('not allowed in an artifact: evidence/12:30.txt');
});

test('one by name, several by pattern, in folders of their own or merged', async () => {
  for (const name of ['one', 'two']) await writeFile(join(folder, name), name, { mode: 0o755 });
  for (const name of ['one', 'two']) artifacts.upload({ ...plain, name: `binary-${name}`, path: name }, folder);
  artifacts.upload(plain, folder);
  artifacts.download({ name: 'report', merge: false }, join(folder, 'by-name'));
  artifacts.download({ pattern: 'binary-*', merge: false }, join(folder, 'apart'));
  artifacts.download({ pattern: 'binary-*', merge: true }, join(folder, 'merged'));
  artifacts.download({ pattern: 'none-*', merge: true }, join(folder, 'empty'));
  expect(await filesIn('by-name')).toEqual(['evidence', 'evidence/log.txt', 'report.json']);
  expect(await filesIn('apart')).toEqual(['binary-one', 'binary-one/one', 'binary-two', 'binary-two/two']);
  expect(await readFile(join(folder, 'merged/two'), 'utf8')).toBe('two');
  expect((await stat(join(folder, 'merged/two'))).mode & 0o111).toBe(0);
  expect(await filesIn('empty')).toEqual([]);
  expect(() => artifacts.download({ name: 'none', merge: false }, folder)).toThrow('artifact not found for name: none');
});
