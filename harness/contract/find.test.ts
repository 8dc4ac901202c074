import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractName, findContract } from './find.ts';

let folder = '';
const at = (...parts: string[]) => join(folder, ...parts);

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'frostgate-find-')));
  await mkdir(at('project/dist/linux/deep'), { recursive: true });
  await mkdir(at('baseline'));
  await mkdir(at('bin'));
  await writeFile(at('project', contractName), '');
  await writeFile(at('baseline', contractName), '');
  await writeFile(at('project/dist/linux/worker'), '');
  await symlink(at('project/dist/linux/worker'), at('bin/worker'));
});
afterAll(() => rm(folder, { recursive: true }));

test('--contract is taken as it is, even when it does not exist', () => {
  expect(findContract({ contract: 'x.yaml', baseline: at('baseline'), binary: at('project/dist/worker') })).toBe('x.yaml');
});

test('the baseline goes before the executable', () => {
  expect(findContract({ baseline: at('baseline'), binary: at('project/dist/worker') })).toBe(at('baseline', contractName));
});

test.each(['project/worker', 'project/dist/worker', 'project/dist/linux/worker', 'bin/worker'])('found from %s', (binary) => {
  expect(findContract({ baseline: at('bin'), binary: at(binary) })).toBe(at('project', contractName));
});

test('three folders up is too far, and nothing given finds nothing', () => {
  expect(findContract({ binary: at('project/dist/linux/deep/worker') })).toBeUndefined();
  expect(findContract({})).toBeUndefined();
});
