import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { pinnedCli } from '../temporal/cli.ts';

// The two commands themselves, on a cache folder of their own.
const home = mkdtempSync(join(tmpdir(), 'frostgate-cache-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const own = pinnedCli()?.cacheName ?? '';
const names = [own, 'temporal-0.1.0-0123456789abcdef', 'redis-1.0-linux-amd64', 'redis-1.0-linux-amd64.aa.partial', 'runs'];

function fill(): void {
  for (const name of names) {
    mkdirSync(join(home, 'frostgate', name), { recursive: true });
    writeFileSync(join(home, 'frostgate', name, 'file'), 'x'.repeat(1_500_000));
    utimesSync(join(home, 'frostgate', name), 1e9, 1e9);
  }
}

async function run(command: string, ...args: readonly string[]) {
  const script = fileURLToPath(new URL(`../${command}.ts`, import.meta.url));
  const { stdout, stderr, exitCode } = await execa(process.execPath, [script, ...args], {
    env: { XDG_CACHE_HOME: home }, reject: false, stdin: 'ignore', timeout: 60_000,
  });
  return { stdout, stderr, exitCode };
}

const left = (): string[] => names.filter((name) => existsSync(join(home, 'frostgate', name)));

test.runIf(process.platform === 'linux')('list, prune and prune --all: what this version uses, the rest, all but notes', async () => {
  fill();
  const { stdout } = await run('cache', 'list');
  expect(stdout.split('\n')).toHaveLength(4);
  expect(stdout).toMatch(new RegExp(`1\\.5 MB {2}2001-09-09 {2}used {4}${own}`));
  expect(stdout).toMatch(/unused {2}temporal-0\.1\.0/);
  expect((await run('cache', 'prune')).stderr).toMatch(/freed 4\.5 MB/);
  expect(left()).toEqual([own, 'runs']);
  await run('cache', 'prune', '--all');
  expect(left()).toEqual(['runs']);
}, 60_000);

test.each([
  [['cache'], /say list or prune, got nothing: npm run cache -- list/],
  [['cache', 'list', '--all'], /--all is for prune/],
  [['fetch', 'x.yaml'], /a contract is named by a flag: npm run fetch -- --contract x\.yaml/],
  [['fetch', '--contract', 'nowhere.yaml'], /nowhere\.yaml: no such file/],
])('%j is refused in one sentence', async ([command = '', ...args], sentence) => {
  const { stderr, exitCode } = await run(command, ...args);
  expect(stderr).toMatch(sentence);
  expect(exitCode).toBe(2);
});

test.runIf(process.platform === 'linux')('without a network and a cache, fetch says what is missing and the ways out', async () => {
  const script = fileURLToPath(new URL('../fetch.ts', import.meta.url));
  const { stderr, exitCode } = await execa('unshare', ['--user', '--map-root-user', '--net', process.execPath, script], {
    env: { XDG_CACHE_HOME: join(home, 'empty'), PATH: '/usr/bin:/bin' }, extendEnv: false, reject: false, stdin: 'ignore',
    timeout: 110_000,
  });
  expect(stderr).toMatch(/^error: no Temporal CLI: .*install it so that `temporal` is on the PATH/m);
  expect(exitCode).toBe(3);
}, 120_000);
