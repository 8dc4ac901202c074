import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openedBeside } from './opened.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'frostgate-opened-')));
const file = join(folder, 'worker');
copyFileSync('/bin/true', file);
mkdirSync(join(folder, 'data'));
for (const name of ['sender.txt', 'other.txt', 'data/one.bin', 'data/two.bin']) writeFileSync(join(folder, name), '');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const opened = (path: string): string => `71  openat(AT_FDCWD</tmp>, "x", O_RDONLY|O_CLOEXEC) = 3<${path}>`;

test('what was opened below its folder: files, a folder where there were several, not itself and nothing elsewhere', async () => {
  const trace = [
    opened(file), opened(join(folder, 'sender.txt')), opened(folder), opened('/etc/hosts'), opened(join(folder, 'data/one.bin')),
    `72  <... openat resumed>) = 4<${join(folder, 'data/two.bin')}>`,
    `71  openat(AT_FDCWD</tmp>, "${join(folder, 'other.txt')}", O_RDONLY) = -1 ENOENT (No such file or directory)`,
  ].join('\n');
  expect(await openedBeside(trace, { file, isFolder: false })).toEqual(['data', 'sender.txt']);
  expect(await openedBeside(trace, { file, isFolder: true })).toEqual([]);
});
