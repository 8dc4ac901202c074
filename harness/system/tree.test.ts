import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { linkOf } from './processes/sockets-linux.ts';
import { entriesBelow, removeTree, removeTreeSync, sizeOfTree } from './tree.ts';

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tree-'));
  folders.push(folder);
  return folder;
}
afterEach(() => folders.splice(0).forEach(removeTreeSync));

/** Two branches of 3,000 folders, one in the other, with a file of 7 bytes at the end of each: step by step, as no path names it. */
function makeDeep(folder: string): void {
  const script = 'import os, sys\nfor side in "ab":\n os.chdir(sys.argv[1])\n' +
    ' for _ in range(3000): os.mkdir(side * 60); os.chdir(side * 60)\n open("end", "w").write("deepest")';
  execFileSync('python3', ['-c', script, folder]);
}

test('3,000 folders one in the other are walked, counted and removed', async () => {
  const folder = newFolder();
  makeDeep(folder);
  const entries = [...entriesBelow(folder)];
  expect(entries).toHaveLength(6_002);
  expect(entries.filter(({ path }) => path.endsWith('/end')).map(({ path }) => path.split('/').length)).toEqual(
    [3_002, 3_002].map((depth) => depth + folder.split('/').length - 1),
  );
  expect(sizeOfTree(folder)).toBe(14);
  await removeTree(folder);
  expect(existsSync(folder)).toBe(false);
});

test.runIf(process.platform === 'linux')('who stops walking leaves no open folder behind', () => {
  const folder = newFolder();
  makeDeep(folder);
  const open = () => readdirSync('/proc/self/fd').filter((number) => linkOf(`/proc/self/fd/${number}`).startsWith(folder)).length;
  let seen = 0;
  let meanwhile = 0;
  for (const _ of entriesBelow(folder)) {
    seen += 1;
    if (seen < 2_000) continue;
    meanwhile = open();
    break;
  }
  // Of those that lie deeper the system tells no path.
  expect([meanwhile > 0, open()]).toEqual([true, 0]);
});

test('links are not followed, and names come in their order', () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'b'));
  writeFileSync(join(folder, 'b', 'c'), '12345');
  symlinkSync('/', join(folder, 'a'));
  writeFileSync(join(folder, 'd'), '1');
  expect([...entriesBelow(folder)].map(({ path }) => path.slice(folder.length + 1))).toEqual(['a', 'b', 'b/c', 'd']);
  expect(sizeOfTree(folder)).toBe(7);
});

test('what is not there has nothing in it and need not be removed', async () => {
  const folder = join(newFolder(), 'none');
  expect([...entriesBelow(folder)]).toEqual([]);
  expect(sizeOfTree(folder)).toBe(0);
  await removeTree(folder);
});
