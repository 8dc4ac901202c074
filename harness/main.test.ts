import {
  chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { platformId } from './system/platform.ts';
import { reportSchema } from './model/report.ts';

// The whole command, with everything that a user can get wrong: one sentence, the right exit code, nothing left.
const main = fileURLToPath(import.meta.resolve('./main.ts'));
const folder = mkdtempSync(join(tmpdir(), 'frostgate-main-test-'));
const path = (name: string): string => join(folder, name);

/** Byte 18 of an ELF file is its machine (183: AArch64). */
function forArm(file: string): void {
  const bytes = readFileSync(process.execPath).subarray(0, 100_000);
  bytes.writeUInt16LE(183, 18);
  writeFileSync(file, bytes, { mode: 0o755 });
}

beforeAll(() => {
  mkdirSync(path('folder'));
  mkdirSync(path('tmp'));
  writeFileSync(path('empty'), '', { mode: 0o755 });
  writeFileSync(path('script.sh'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  copyFileSync('/bin/true', path('plain'));
  chmodSync(path('plain'), 0o644);
  copyFileSync('/bin/true', path('worker'));
  copyFileSync('/bin/true', path('truncated'));
  truncateSync(path('truncated'), 20_000);
  forArm(path('arm'));
  writeFileSync(path('not.yaml'), 'a: [1');
  writeFileSync(path('wrong.yaml'), 'worker: x\ntemporal: { address: A }\nregisters: { activities: [a] }\nbudgets:\n  sizeMB: 3\n');
  writeFileSync(path('good.yaml'), 'worker: x\ntemporal: { address: TEMPORAL_ADDRESS }\nregisters: { activities: [a] }\n');
  writeFileSync(path('folder/pyproject.toml'), '[project]\nname = "x"\n');
  writeFileSync(path('folder/main.py'), '');
  writeFileSync(path('broken-cli'), '#!/bin/sh\n[ "$1" = --version ] && echo "temporal version 9.9.9 (Server 9.9.9, UI 9)" && ' +
    'exit\necho "no license" >&2; exit 4\n', { mode: 0o755 });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(
  args: readonly string[], env: Record<string, string> = {},
): Promise<{ code: number | undefined; stderr: string; stdout: string }> {
  const options = {
    cwd: folder, reject: false, stdin: 'ignore', timeout: 60_000, extendEnv: true, env: { INIT_CWD: folder, TMPDIR: path('tmp'), ...env },
  } as const;
  const { exitCode, stderr, stdout } = await execa(
    process.execPath, [main, ...(args.includes('--report-dir') ? [] : ['--report-dir', path('reports')]), ...args], options,
  );
  return { code: exitCode, stderr: stderr.replaceAll(`${folder}/`, ''), stdout };
}

describe('what was typed or written wrongly ends with 2 and one sentence', () => {
  test.each([
    ['no such file', ['--binary', 'nothing'], /^error: nothing: no such file; /],
    ['a folder', ['--binary', 'folder'], /^error: folder: is a folder without an executable /],
    ['not executable', ['--binary', 'plain'], /^error: plain: is not executable; run: chmod \+x 'plain'$/],
    ['empty', ['--binary', 'empty'], /^error: empty: is empty; /],
    ['a script', ['--binary', 'script.sh'], /^error: script\.sh: is a text file; /],
    ['another architecture', ['--binary', 'arm'], /^error: arm: is a linux-arm64 executable, this machine is linux-\w+: /],
    ['an unknown flag', ['--binry', 'worker'], /^error: .*--binry.*--binary/],
    ['a flag without its value', ['--binary'], /^error: --binary needs a file: npm test -- --binary dist\/agent-runner$/],
    ['an unknown word', ['--profile', 'slow'], /^error: .*--profile.*quick.*full/],
    ['an area without checks', ['--only', 'host'], /^error: .*--only.*artifact/],
    ['no such contract', ['--binary', 'worker', '--contract', 'nothing.yaml'], /^error: nothing\.yaml: no such file$/],
    ['a contract that is not YAML', ['--binary', 'worker', '--contract', 'not.yaml'], /^error: not\.yaml:\d+: /],
    ['a wrong field', ['--binary', 'worker', '--contract', 'wrong.yaml'], /^error: wrong\.yaml:5: budgets\.sizeMB: .*sizeMb/],
    ['a baseline without an environment', [
      '--binary', 'worker', '--contract', 'good.yaml', '--baseline', 'folder',
    ], /^error: --baseline folder: it has no virtual environment; run: cd folder && python -m venv \.venv && .*pip install -e \.$/],
    ['a baseline that is no project', [
      '--binary', 'worker', '--contract', 'good.yaml', '--baseline', 'tmp',
    ], /^error: --baseline tmp: there is no Python project in it \(.*\); /],
    ['a remedy without a project to try it on', [
      '--binary', 'worker', '--contract', 'good.yaml', '--prove-remedy',
    ], /^error: --prove-remedy builds the worker's project, and no --baseline was given; name it with --baseline DIR$/],
    ['an address without a port', [
      '--binary', 'worker', '--temporal-address', 'localhost',
    ], /^error: --temporal-address: expected HOST:PORT/],
    ['a Temporal CLI that is none', [
      '--binary', 'worker', '--contract', 'good.yaml', '--temporal-cli', '/bin/true',
    ], /^error: --temporal-cli \/bin\/true: `--version` does not answer like the Temporal CLI$/],
  ])('%s', async (_name, args, message) => {
    const { code, stderr } = await run(args);
    expect(stderr).toMatch(message);
    expect({ code, lines: stderr.split('\n').length }).toEqual({ code: 2, lines: 1 });
    expect(readdirSync(path('tmp'))).toEqual([]);
  });

  test('npm took the flag because -- was missing', async () => {
    const { code, stderr } = await run(['worker'], { npm_config_binary: 'true', npm_lifecycle_event: 'test' });
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'error: put -- before the options: npm test -- --binary worker' });
  });
});

describe('what cannot be judged ends with 3', () => {
  test('no contract: the checks that need none run, and the report says how to make one', async () => {
    const { code, stderr } = await run(['--binary', 'worker']);
    expect(code).toBe(3);
    const report = reportSchema.parse(JSON.parse(readFileSync(path(`reports/${platformId()}/report.json`), 'utf8')));
    expect(report.checks.find((check) => check.id === 'artifact.format')?.outcome).toBe('pass');
    expect(
      report.checks.find((check) => check.id === 'startup.ready'),
    ).toMatchObject({ outcome: 'inconclusive', reason: 'it needs a contract' });
    expect(report.notVerified.join(' ')).toContain('Write a worker-contract.yaml');
    expect(stderr).toContain('INCONCLUSIVE');
  });

  test('a server that does not start: its own words are in the message and in the report', async () => {
    const { code, stderr } = await run([
      '--binary', 'worker', '--contract', 'good.yaml', '--temporal-cli', 'broken-cli', '--only', 'startup',
    ]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/the Temporal dev server \(broken-cli\) did not start: .*it ended with exit code 4.*\n?.*no license/);
    expect(readFileSync(path(`reports/${platformId()}/report.md`), 'utf8')).toContain('no license');
  });

  test('a server that is not there', { timeout: 60_000 }, async () => {
    const { code, stderr } = await run([
      '--binary', 'worker', '--contract', 'good.yaml', '--temporal-address', '127.0.0.1:1', '--only', 'startup',
    ]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/the Temporal server at 127\.0\.0\.1:1 cannot be used with namespace "default": .*check --temporal-address/);
  });

  test('no Temporal CLI to be had: the ways out are named', async () => {
    const nowhere = { PATH: '/nonexistent', XDG_CACHE_HOME: path('cache') };
    const { code, stderr } = await run(['--binary', 'worker', '--contract', 'good.yaml', '--only', 'startup'], nowhere);
    expect(code).toBe(3);
    expect(stderr).toMatch(/no Temporal CLI: .*--temporal-cli FILE, or use a running server with --temporal-address/);
  });
});

describe('what is wrong with the executable ends with 1', () => {
  test('a truncated executable fails with the reason; --json puts the report and nothing else on stdout', async () => {
    const { code, stdout, stderr } = await run(['--binary', 'truncated', '--contract', 'good.yaml', '--only', 'artifact', '--json']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/FAIL artifact\.format[\s\S]*it is truncated/);
    expect(reportSchema.parse(JSON.parse(stdout)).verdict.outcome).toBe('fail');
  });
});

test('a symbolic link, and spaces and letters of all kinds in its path and in that of the file', async () => {
  const [name, file] = ['ein Ordner für 日本/lïnk äö', 'ein Ordner für 日本/wörker äö'];
  mkdirSync(dirname(path(name)));
  copyFileSync('/bin/true', path(file));
  symlinkSync(path(file), path(name));
  const { code, stderr } = await run(['--binary', name, '--contract', 'good.yaml', '--only', 'artifact']);
  expect(stderr).toContain(`subject    ${name}`);
  expect(code).toBe(0);
});

test('the platform that is named is the one that is verified, in the suites too, and the report says so', async () => {
  const named = platformId() === 'linux-arm64' ? 'linux-amd64' : 'linux-arm64';
  const file = named === 'linux-arm64' ? 'arm' : 'worker';
  const { stdout } = await run([
    '--binary', file, '--platform', named, '--contract', 'good.yaml', '--only', 'artifact', '--temporal-address', '127.0.0.1:1',
    '--json', '--quiet',
  ]);
  const report = reportSchema.parse(JSON.parse(readFileSync(path(`reports/${named}/report.json`), 'utf8')));
  expect(reportSchema.parse(JSON.parse(stdout))).toEqual(report);
  expect(report.platform.id).toBe(named);
  expect(report.checks.find(({ id }) => id === 'artifact.architecture')?.outcome).toBe('pass');
  expect(report.notVerified.join(' ')).toContain(`named by --platform or FROSTGATE_PLATFORM, the machine is ${platformId()}`);
});

describe('what a script reads', () => {
  test('--help teaches and ends with 0', async () => {
    const { code, stdout, stderr } = await run(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Exit codes');
  });

  test('--list-checks names every check that would run', async () => {
    const { code, stdout } = await run(['--list-checks', '--binary', 'worker', '--contract', 'good.yaml', '--only', 'artifact']);
    expect({ code, ids: stdout.split('\n').map((line) => line.split('\t')[0]) }).toEqual({
      code: 0,
      ids: ['artifact.format', 'artifact.architecture', 'artifact.size', 'artifact.intact', 'artifact.version', 'artifact.help'],
    });
  });
});

test('a report folder that cannot be made is named, with the way out', async () => {
  const { code, stderr } = await run(['--binary', 'worker', '--contract', 'good.yaml', '--report-dir', 'empty/reports']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: The report folder empty\/reports cannot be written .*Choose another --report-dir\.$/);
});
