import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from 'vitest';
import { tellGitHub } from './github.ts';

const test = base.extend<{ dir: string }>({
  // vitest reads the fixture's dependencies from this pattern, so it must be there.
  // oxlint-disable-next-line no-empty-pattern
  dir: async ({}, use) => {
    const dir = await mkdtemp(join(tmpdir(), 'frostgate-github-'));
    await use(dir);
    await rm(dir, { recursive: true });
  },
});
const texts = { annotations: '::error::x\n', summary: '## FAIL\n' };

async function told(environment: NodeJS.ProcessEnv, given = texts): Promise<string> {
  const written: string[] = [];
  await tellGitHub(given, environment, (text) => written.push(text));
  return written.join('');
}

test('annotations are written, and the summary is appended on a line of its own', async ({ dir }) => {
  const file = join(dir, 'summary');
  await writeFile(file, 'of another command');
  expect(await told({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file })).toBe('::error::x\n');
  expect(await told({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file }, { annotations: '', summary: 'two' })).toBe('');
  expect(await readFile(file, 'utf8')).toBe('of another command\n## FAIL\n\n\ntwo\n');
});

test.for([undefined, '', 'false', '1'])('nothing happens when GITHUB_ACTIONS is %j', async (flag, { dir }) => {
  const file = join(dir, 'summary');
  expect(await told({ GITHUB_ACTIONS: flag, GITHUB_STEP_SUMMARY: file })).toBe('');
  await expect(readFile(file)).rejects.toThrow(/ENOENT/);
});

test('a summary that cannot be written is one sentence', async ({ dir }) => {
  expect(await told({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: dir })).toMatch(
    /^::error::x\nwarning: the job summary was not written \(EISDIR.*\); it stands as summary\.md beside the other files\.\n$/,
  );
  expect(await told({ GITHUB_ACTIONS: 'true' })).toBe('::error::x\nwarning: the job summary was not written (GITHUB_STEP_SUMMARY is ' +
    'not set); it stands as summary.md beside the other files.\n');
});

test('what would make GitHub refuse all of the summaries is left out', async ({ dir }) => {
  const file = join(dir, 'summary');
  await writeFile(file, 'x'.repeat(1024 * 1024 - 9));
  expect(await told({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file })).toContain('above the 1,024 KiB that GitHub takes');
  expect(await readFile(file, 'utf8')).toHaveLength(1024 * 1024 - 9);
});
