import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test as base } from 'vitest';

const script = fileURLToPath(new URL('../../.ci/last-contract', import.meta.url));

const test = base.extend('folder', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'frostgate-last-contract-'));
  onCleanup(async () => await rm(folder, { recursive: true, force: true }));
  return folder;
});

const told = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', GIT_CEILING_DIRECTORIES: tmpdir(), GITHUB_ACTIONS: '' };

async function git(folder: string, ...words: readonly string[]): Promise<void> {
  await execa('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...words], { cwd: folder, env: told });
}

/** A repository in which this was committed as the contract, and tagged so; of no file nothing is committed. */
async function repository(folder: string, commits: readonly { readonly contract?: string; readonly tag?: string }[]): Promise<void> {
  await git(folder, 'init', '--quiet');
  for (const { contract, tag } of commits) {
    await writeFile(join(folder, contract === undefined ? 'other' : 'c.yaml'), contract ?? 'x');
    await git(folder, 'add', '.');
    await git(folder, 'commit', '--quiet', '--message', 'x');
    if (tag !== undefined) await git(folder, 'tag', tag);
  }
}

async function ask(folder: string) {
  const { exitCode, stdout, stderr } = await execa('bash', [script, 'c.yaml', 'last'], { cwd: folder, env: told, reject: false });
  const contract = await readFile(join(folder, 'last/worker-contract.yaml'), 'utf8').catch(() => undefined);
  return { exitCode, tag: stdout, stderr, contract };
}

test('the contract of the newest tag is taken, and the tag is told', async ({ folder }) => {
  await repository(folder, [{ contract: 'one', tag: 'v1.9.0' }, { contract: 'two', tag: 'v1.10.0' }, { contract: 'three' }]);
  expect(await ask(folder)).toEqual({ exitCode: 0, tag: 'v1.10.0', stderr: '', contract: 'two' });
});

test('before the first release there is none', async ({ folder }) => {
  await repository(folder, [{ contract: 'one' }]);
  expect(await ask(folder)).toEqual({ exitCode: 0, tag: '', stderr: '', contract: undefined });
});

test('a repository without a commit is told in one sentence', async ({ folder }) => {
  await repository(folder, []);
  const stderr = 'there is no commit here yet, so no last release: commit what is to be released';
  expect(await ask(folder)).toEqual({ exitCode: 1, tag: '', stderr, contract: undefined });
});

test('so is a folder that is no repository, and a tag without the contract', async ({ folder }) => {
  expect(await ask(folder)).toEqual({
    exitCode: 1, tag: '', contract: undefined,
    stderr: expect.stringMatching(/^git cannot look for the last release here: fatal: not a git repository[^\n]*$/),
  });
  await repository(folder, [{ tag: 'v1.0.0' }]);
  expect(await ask(folder)).toEqual({
    exitCode: 1, tag: '', stderr: 'tag v1.0.0 has no c.yaml: it was elsewhere then, put it into last', contract: undefined,
  });
});
