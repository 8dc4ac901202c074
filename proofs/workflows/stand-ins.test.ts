import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeStandIns } from './stand-ins.ts';
import { recordedCommands } from './world.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder = '';
let commit = '';
const git = async (...args: string[]) =>
  (await execa('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.invalid', ...args], { cwd: join(folder, 'origin') })).stdout;
const run = async (command: string, env: Record<string, string> = { GH_TOKEN: 'x' }) =>
  await execa('bash', ['-c', command], {
    cwd: folder,
    reject: false,
    all: true,
    env: { PATH: [
      join(folder, 'programs'), process.env['PATH'],
    ].join(delimiter), FROSTGATE_WORLD: folder, FROSTGATE_ORIGIN: join(folder, 'origin'), GH_TOKEN: undefined, ...env },
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frostgate-stand-ins-'));
  await mkdir(join(folder, 'origin'));
  writeStandIns(join(folder, 'programs'));
  await git('init', '--quiet');
  await git('commit', '--quiet', '--allow-empty', '--message=x');
  commit = await git('rev-parse', 'HEAD');
});
afterEach(async () => await rm(folder, { recursive: true }));

test('gh makes a tag once, in the run\'s own repository, and releases only what is there', async () => {
  const tag = `gh api repos/a/b/git/refs --field ref=refs/tags/v1 --field sha=${commit} --silent`;
  expect((await run(tag)).exitCode).toBe(0);
  expect(await git('for-each-ref', '--format=%(refname) %(objectname)', 'refs/tags')).toBe(`refs/tags/v1 ${commit}`);
  expect((await run(tag)).exitCode).not.toBe(0);

  await writeFile(join(folder, 'a file'), '');
  const release = "gh release create v1 --verify-tag --title 'agent v1' --notes-file 'a file' 'a file'";
  expect((await run(release)).exitCode).toBe(0);
  expect((await run(`${release} missing`)).all).toContain('no such file: missing');
  expect((await run(release.replace('v1', 'v2'))).exitCode).not.toBe(0);
  expect((await run(release, {})).all).toContain('gh has no token');
  expect(recordedCommands(folder)[2]).toEqual([
    'gh', 'release', 'create', 'v1', '--verify-tag', '--title', 'agent v1', '--notes-file', 'a file', 'a file',
  ]);
});

test('npm ci links what a fresh install would have, without development packages', async () => {
  await mkdir(join(folder, 'project'));
  await writeFile(join(folder, 'project/package-lock.json'), await readFile(join(root, 'package-lock.json')));
  expect(await run('npm ci --omit=dev --no-audit --no-fund --prefix project')).toMatchObject({ exitCode: 0 });
  const linked = (name: string) => join(folder, 'project/node_modules', name);
  expect(await realpath(linked('@temporalio/client'))).toBe(join(root, 'node_modules/@temporalio/client'));
  expect([linked('zod'), linked('oxlint'), linked('typescript')].map((path) => existsSync(path))).toEqual([true, false, false]);
});

test('everything else that npm is asked is npm\'s own, with the Node that runs this', async () => {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ scripts: { version: 'node --version' } }));
  expect((await run('npm run --silent version')).stdout).toBe(process.version);
});
