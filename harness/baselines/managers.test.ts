import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { referenceProject } from '../run/reference.ts';
import { environmentOf, findBaseline, measureManager } from './baseline.ts';
import { pythonIn } from './manager.ts';
import { poetry } from './poetry.ts';
import { managerOf } from './registry.ts';
import { readLock, readOwnDistribution } from './lock.ts';

// Real projects in real environments, made by the real uv and pip, as a person makes them.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'frostgate-managers-')));
const at = (...path: string[]): string => join(folder, ...path);
const programs = dirname(pythonIn(at('tools')) ?? at('tools', 'bin', 'python'));
const inside = { PATH: [programs, process.env['PATH']].join(delimiter) };
const typed = (directory: string, line: string) => execa('bash', ['-c', line], { cwd: at(directory), stdin: 'ignore', env: inside });
const put = (path: string, text: string): void => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
};
const signal = new AbortController().signal;
/** What a project is refused for. */
const refusal = (found: Promise<unknown>): Promise<string> => found.then(() => 'accepted', (error: Error) => error.message);

beforeAll(async () => {
  await execa('python3', ['-m', 'venv', '--without-pip', at('tools')]);
  await execa('python3', ['-m', 'pip', '--python', at('tools'), 'install', '--quiet', 'uv==0.13.9']);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('uv', () => {
  const project = () => findBaseline(at('uv'), 'main.py');

  beforeAll(async () => {
    put('uv/main.py', '');
    put('library/pyproject.toml', '[project]\nname = "library"\nversion = "0.1"\n');
    put('uv/pyproject.toml', '[project]\nname = "app"\nversion = "1.2"\nrequires-python = ">=3.11"\n' +
      'dependencies = ["six==1.17.0", "library"]\n[dependency-groups]\ndev = ["iniconfig==2.1.0", "six"]\n' +
      '[tool.uv.sources]\nlibrary = { path = "../library" }\n');
    await typed('uv', 'uv lock');
  }, 120_000);

  test('without its environment it says how uv makes one; the line does it', { timeout: 120_000 }, async () => {
    const said = await refusal(project());
    expect(said).toBe(`--baseline ${at('uv')}: it has no uv environment; run: cd ${at('uv')} && uv sync --locked`);
    await typed('uv', said.split('run: ')[1] ?? '');
    const baseline = await project();
    expect(baseline).toMatchObject({ python: at('uv', '.venv', 'bin', 'python'), lockFile: 'uv.lock', manager: { id: 'uv' } });
    expect(baseline.manager.commands).toMatchObject({ sync: 'uv sync --locked', build: 'uv run pyinstaller --clean' });
    expect(baseline.lockSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('its lock: versions, groups by who wants them, dependencies by path, not the project itself', async () => {
    const lock = await readLock(await project());
    expect(Object.fromEntries(lock?.versions ?? [])).toEqual({
      six: { name: 'six', versions: ['1.17.0'], groups: ['main', 'dev'] },
      iniconfig: { name: 'iniconfig', versions: ['2.1.0'], groups: ['dev'] },
      library: { name: 'library', versions: [], groups: ['main'] },
    });
    expect(await readOwnDistribution(at('uv'))).toEqual({ name: 'app', version: '1.2' });
  });

  test('its own start is measured, and what it runs is not brought in step first', { timeout: 60_000 }, async () => {
    await typed('uv', 'uv pip uninstall six');
    const baseline = await project();
    const runCommand = [join(programs, 'uv'), 'run', '--no-sync'];
    const start = await measureManager({ ...baseline, manager: { ...baseline.manager, runCommand } }, 3, signal);
    expect(start?.words).toBe('uv run');
    expect(start?.samplesMs).toHaveLength(3);
    expect(Math.min(...(start?.samplesMs ?? []))).toBeGreaterThan(1);
    await expect(execa(baseline.python, ['-c', 'import six'])).rejects.toThrow(/No module named 'six'/);
  });

  test('an environment elsewhere', async () => {
    process.env['UV_PROJECT_ENVIRONMENT'] = at('tools');
    try {
      expect((await project()).python).toBe(join(programs, 'python'));
    } finally {
      delete process.env['UV_PROJECT_ENVIRONMENT'];
    }
  });
});

describe('a plain environment', () => {
  test('hashed requirements and no pyproject.toml: the lines that are told make it', { timeout: 120_000 }, async () => {
    put('plain/src/main.py', '');
    put('plain/requirements.in', 'six==1.17.0\n');
    await typed('plain', 'uv pip compile --quiet --generate-hashes requirements.in -o requirements.txt');
    const said = await refusal(findBaseline(at('plain'), 'src/main.py'));
    expect(said).toBe(`--baseline ${at('plain')}: it has no virtual environment; run: cd ${at('plain')} && python -m venv .venv && ` +
      '.venv/bin/pip install --require-hashes -r requirements.txt');
    await typed('plain', said.split('run: ')[1] ?? '');
    const baseline = await findBaseline(at('plain'), 'src/main.py');
    expect(baseline).toMatchObject({
      python: at('plain', '.venv', 'bin', 'python'), lockFile: 'requirements.txt',
      manager: { id: 'venv', runCommand: undefined, commands: { build: '.venv/bin/pyinstaller --clean' } },
    });
    expect((await readLock(baseline))?.versions.get('six')).toEqual({ name: 'six', versions: ['1.17.0'], groups: ['main'] });
    expect(await measureManager(baseline, 1, signal)).toBeUndefined();
  });

  test('pylock.toml as uv writes it, an environment of another name beside the entry', { timeout: 120_000 }, async () => {
    put('pylock/src/main.py', '');
    put('pylock/requirements.in', 'six==1.17.0\n');
    await typed('pylock', 'uv pip compile --quiet requirements.in -o pylock.toml && python3 -m venv --without-pip src/env');
    const baseline = await findBaseline(at('pylock'), 'src/main.py');
    expect(baseline).toMatchObject({ python: at('pylock', 'src', 'env', 'bin', 'python'), lockFile: 'pylock.toml' });
    expect(baseline.manager.commands.build).toBe('src/env/bin/pyinstaller --clean');
    expect((await readLock(baseline))?.versions.get('six')?.versions).toEqual(['1.17.0']);
  });
});

test('Poetry: the reference', { timeout: 60_000 }, async () => {
  const baseline = await findBaseline(referenceProject, 'main.py');
  expect(baseline).toMatchObject({ lockFile: 'poetry.lock', manager: { id: 'poetry' } });
  expect(baseline.manager.commands).toMatchObject({ sync: 'poetry install --sync', build: 'poetry run pyinstaller --clean' });
});

test('Poetry: an environment outside the project is where Poetry says', { timeout: 120_000 }, async () => {
  put('elsewhere/pyproject.toml', '[tool.poetry]\nname = "app"\nversion = "1.0"\n');
  vi.stubEnv('POETRY_VIRTUALENVS_IN_PROJECT', 'false');
  vi.stubEnv('POETRY_VIRTUALENVS_OPTIONS_NO_PIP', 'true');
  vi.stubEnv('POETRY_VIRTUALENVS_PATH', at('environments'));
  const [file = 'poetry', ...args] = poetry.runner()?.slice(0, -1) ?? [];
  await execa(file, [...args, 'env', 'use', 'python3'], { cwd: at('elsewhere'), stdin: 'ignore' });
  const found = await environmentOf({ directory: at('elsewhere'), entry: 'main.py' });
  expect(found?.python).toMatch(/^.*\/environments\/app-[^/]+\/bin\/python$/);
  vi.unstubAllEnvs();
});

test.each([
  ['poetry', ['poetry.lock', 'uv.lock', 'requirements.txt'], ''],
  ['poetry', [], '[tool.poetry]\nname = "a"\n'],
  ['uv', ['uv.lock'], '[tool.poetry]\nname = "a"\n'],
  ['uv', [], '[tool.uv]\n'],
  ['venv', ['requirements.txt'], '[tool.uv]\n'],
  ['venv', ['requirements-prod.txt'], undefined],
  ['venv', ['pylock.prod.toml'], undefined],
  ['venv', [], '[project]\nname = "a"\n'],
  ['venv', [], 'no TOML ['],
  [undefined, ['README.md'], undefined],
])('%s is found by %j and %j', async (id, files, pyproject) => {
  const directory = mkdtempSync(at('found-'));
  for (const file of files) writeFileSync(join(directory, file), '');
  if (pyproject !== undefined) writeFileSync(join(directory, 'pyproject.toml'), pyproject);
  expect((await managerOf(directory))?.id).toBe(id);
});

test('the contract decides, and a word that is none is told the others', async () => {
  const project = { directory: referenceProject, entry: 'main.py' };
  expect((await environmentOf(project, 'venv'))?.manager.id).toBe('venv');
  await expect(environmentOf(project, 'conda')).rejects.toThrow('source.manager: "conda" is none of poetry, uv, venv; leave it out');
});
