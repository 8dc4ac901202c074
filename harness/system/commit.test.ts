import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { commitOf } from './commit.ts';

async function repository(): Promise<{ folder: string; head: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'commit-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const git = (...args: string[]) => execa('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b.invalid', ...args]);
  await git('init', '-q');
  mkdirSync(join(folder, 'worker'));
  for (const name of ['worker/main.py', 'worker/größe 世界.py', 'other.py']) writeFileSync(join(folder, name), 'pass\n');
  await git('add', '.');
  await git('commit', '-q', '-m', 'one');
  return { folder, head: (await git('rev-parse', 'HEAD')).stdout };
}

test('a folder is at a commit, and says which of its own files differ from it', async () => {
  const { folder, head } = await repository();
  const project = join(folder, 'worker');
  expect(await commitOf(project, { GITHUB_SHA: 'f'.repeat(40) })).toEqual({ commit: head });
  writeFileSync(join(folder, 'other.py'), 'raise\n'); // beside the project
  writeFileSync(join(project, 'new.py'), 'pass\n'); // of no commit
  expect(await commitOf(project, {})).toEqual({ commit: head });
  for (const name of ['main.py', 'größe 世界.py']) writeFileSync(join(project, name), 'raise\n');
  expect((await commitOf(project, {})).dirty?.toSorted()).toEqual(['worker/größe 世界.py', 'worker/main.py'].toSorted());
});

test('without a repository the CI says which commit it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'no-repository-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(await commitOf(folder, { CI_COMMIT_SHA: 'a'.repeat(40) })).toEqual({ commit: 'a'.repeat(40) });
  expect(await commitOf(folder, {})).toEqual({});
});
