import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestOfTree } from './tree-digest.ts';

let folder = '';
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tree-'));
  mkdirSync(at('_internal/é'), { recursive: true });
  writeFileSync(at('worker'), 'program', { mode: 0o755 });
  writeFileSync(at('_internal/é/data'), 'data');
  writeFileSync(at('_internal/big'), Buffer.alloc(17_000_000, 'x'));
  symlinkSync('é/data', at('_internal/link'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each<readonly [what: string, change: () => void]>([
  ['a byte of a file', () => writeFileSync(at('_internal/é/data'), 'datA')],
  ['a byte of a large file', () => writeFileSync(at('_internal/big'), Buffer.alloc(17_000_000, 'x').fill('y', 16_999_999))],
  ['a name', () => renameSync(at('_internal/é'), at('_internal/e'))],
  ['a file more', () => writeFileSync(at('_internal/extra'), '')],
  ['an empty folder more', () => mkdirSync(at('_internal/empty'))],
  ['a file less', () => unlinkSync(at('_internal/é/data'))],
  ['the executable bit', () => chmodSync(at('_internal/é/data'), 0o755)],
  ['where a link leads', () => {
    unlinkSync(at('_internal/link'));
    symlinkSync('big', at('_internal/link'));
  }],
  ['a link in the place of a file of the same content', () => {
    unlinkSync(at('_internal/link'));
    writeFileSync(at('_internal/link'), 'é/data');
  }],
])('%s is another digest', async (_, change) => {
  const before = await digestOfTree(folder);
  change();
  expect((await digestOfTree(folder)).sha256).not.toBe(before.sha256);
});

test('who may write and when it was written is no part of it, and its files and bytes are counted', async () => {
  const before = await digestOfTree(folder);
  chmodSync(at('worker'), 0o555);
  chmodSync(at('_internal/é/data'), 0o600);
  expect(await digestOfTree(folder)).toEqual(before);
  expect(before).toMatchObject({ files: 4, sizeBytes: 17_000_011 });
});

test("dirHash is Go's Hash1: sha256sum over the files, sorted, and again over that", async () => {
  const script = 'find . -type f | sed "s|^./||" | LC_ALL=C sort | xargs -d "\\n" sha256sum | sha256sum | cut -d" " -f1';
  const expected = execFileSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' }).trim();
  expect((await digestOfTree(folder)).dirHash).toBe(expected);
});

test('what cannot be shipped is refused', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  await expect(digestOfTree(folder)).rejects.toThrow(`${at('pipe')}: is neither a file, a folder nor a link, and cannot be shipped`);
});
