import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { execa } from 'execa';
import { expect, test as base } from 'vitest';
import type { Baseline } from '../baseline.ts';
import { differingModules, surveyBaseline } from './survey.ts';
import { makeEnvironment, plainBaseline } from './survey.testing.ts';

const test = base.extend<{ folder: string }>({
  // oxlint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'frostgate-code-')));
    await use(folder);
    await rm(folder, { recursive: true });
  },
});

const source = 'import os\nclass Thing:\n    """Words."""\n    limit = 300\n    kinds = {"a", "b"}\n    def one(self, x=(1, (2.0, ' +
  'None))):\n        assert x\n        return lambda: 0.0\n';

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** What PyInstaller stores: the marshalled code, with another file name in it. */
async function frozen(text: string, optimise = 0): Promise<Buffer> {
  const { stdout } = await execa('python3', ['-c', 'import marshal, sys; print(marshal.dumps(compile(sys.stdin.read(), "elsewhere.py", ' +
    `"exec", optimize=${optimise})).hex())`], { input: text });
  return Buffer.from(stdout, 'hex');
}

async function reasons(
  baseline: Baseline, modules: Readonly<Record<string, Buffer>>, optimise: 0 | 1 | 2 = 0,
): Promise<Record<string, string>> {
  const survey = await surveyBaseline(baseline, { namespaces: [] });
  const archive = join(baseline.directory, 'archive');
  let end = 0;
  const stored = Object.entries(modules).map(([name, code]) => ({ name, bytes: deflateSync(code) }));
  await writeFile(archive, Buffer.concat(stored.map(({ bytes }) => bytes)));
  const places = stored.map(({ name, bytes }) => ({ name, start: end, end: (end += bytes.length) }));
  const found = await differingModules(baseline, survey, { archive, modules: places, optimise });
  return Object.fromEntries(found.map(({ module, reason }) => [module, reason]));
}

test('comments and lines make no difference; constants, their types and signs, names and texts do', async ({ folder }) => {
  const edits: Record<string, (text: string) => string> = {
    same_file: (text) => text,
    same_comment: (text) => `# new\n${'\n'.repeat(300)}${text}`,
    same_layout: (text) => text.replace('assert x', 'assert (\n            x)'),
    number: (text) => text.replace('300', '301'),
    sign: (text) => text.replace('0.0', '-0.0'),
    type: (text) => text.replace('2.0', '2'),
    words: (text) => text.replace('Words', 'Other words'),
    member: (text) => text.replace('"b"', '"c"'),
    name: (text) => text.replace('import os', 'import re'),
    added: (text) => `${text}\n    def two(self): pass\n`,
    broken: (text) => `${text}(`,
  };
  await write(folder, { 'main.py': '', ...Object.fromEntries(Object.entries(edits).map(([name, edit]) => [`${name}.py`, edit(source)])) });
  const code = await frozen(source);
  const found = await reasons(plainBaseline(folder), Object.fromEntries(Object.keys(edits).map((name) => [name, code])));
  expect(Object.keys(found).toSorted()).toEqual(['added', 'broken', 'member', 'name', 'number', 'sign', 'type', 'words']);
  expect(new Set(Object.values(found))).toEqual(new Set(['different']));
});

test('the level of optimisation is no difference, whichever the options name', async ({ folder }) => {
  await write(folder, { 'main.py': '', 'zero.py': source, 'one.py': source, 'two.py': source });
  const modules = { zero: await frozen(source, 0), one: await frozen(source, 1), two: await frozen(source, 2) };
  expect(await reasons(plainBaseline(folder), modules, 0)).toEqual({});
  expect(await reasons(plainBaseline(folder), modules, 2)).toEqual({});
});

test('what is gone from a package of the project is told; what the project never had is not', async ({ folder }) => {
  const { python, sitePackages } = await makeEnvironment(join(folder, '.venv'));
  await write(
    folder,
    {
      'main.py': '', 'pack/__init__.py': '', 'pack/here.py': source, 'pack/only.pyc': '', 'spaced/own.py': source, 'build/out.txt': '',
      'json.py': source,
    },
  );
  await write(sitePackages, { 'spaced/theirs.py': '', 'build/__init__.py': '', 'build/env.py': '' });
  const other = await frozen('x = 1\n');
  const found = await reasons(plainBaseline(folder, python), {
    'pack.here': await frozen(source), 'pack.gone': other, 'pack.sub.gone': other, 'pack.only': other, 'spaced.own': other,
    'spaced.theirs': other, 'spaced.absent': other,
    'build.env': other, 'build.absent': other, nowhere: other, json: await frozen(source), 'email.message': other,
  });
  // What is installed is compared with its own source.
  expect(found).toEqual({ 'pack.gone': 'gone', 'spaced.own': 'different', 'build.env': 'different', 'spaced.theirs': 'different' });
});

test('what is installed is compared with the code that Python keeps, where that is of the file which is there', async ({ folder }) => {
  const { python, sitePackages } = await makeEnvironment(join(folder, '.venv'));
  await write(folder, { 'main.py': '' });
  await write(sitePackages, { 'kept.py': source, 'moved.py': source, 'lone.py': 'x = 1\n' });
  await execa(python, ['-m', 'compileall', '-q', sitePackages]);
  await write(sitePackages, { 'moved.py': `${source}# longer\nx = 2\n` });
  const found = await reasons(plainBaseline(folder, python), {
    kept: await frozen(source), moved: await frozen(source), lone: await frozen('x = 2\n'),
  });
  expect(found).toEqual({ moved: 'different', lone: 'different' });
});

test('a module and a package of two distributions may have one name: code of either is what is installed', async ({ folder }) => {
  const { python, sitePackages } = await makeEnvironment(join(folder, '.venv'));
  await write(folder, { 'main.py': '' });
  const one = { 'one.py': source, 'one/__init__.py': 'x = 1\n', 'two.py': 'x = 1\n', 'two/__init__.py': source };
  await write(sitePackages, { ...one, 'none.py': 'x = 1\n', 'none/__init__.py': 'x = 2\n' });
  const found = await reasons(plainBaseline(folder, python), {
    one: await frozen(source), two: await frozen(source), none: await frozen(source),
  });
  expect(found).toEqual({ none: 'different' });
});

test('code that cannot be read says why, and does not keep the rest from being judged', async ({ folder }) => {
  await write(folder, { 'main.py': '', 'cut.py': source, 'text.py': source, 'deep.py': source, 'good.py': 'x = 2\n' });
  const code = await frozen(source);
  const found = await reasons(plainBaseline(folder), {
    cut: code.subarray(0, 40), text: Buffer.from('75010000006100', 'hex'), deep: Buffer.concat([
      Buffer.from('2901'.repeat(5000), 'hex'), Buffer.from('4e', 'hex'),
    ]), good: await frozen('x = 1\n'),
  });
  expect(found).toEqual({
    cut: expect.stringMatching(/^its frozen code cannot be read: \w+Error$/),
    text: 'its frozen code cannot be read: it is no code',
    deep: expect.stringMatching(/^its frozen code cannot be read: \w+Error$/),
    good: 'different',
  });
});

test('the entry script is held against its file', async ({ folder }) => {
  await write(folder, { 'main.py': 'print(1)\n' });
  const baseline = plainBaseline(folder);
  const survey = await surveyBaseline(baseline, { namespaces: [] });
  const judge = async (text: string) => await differingModules(
    baseline, survey, { archive: '', modules: [], entry: { file: join(folder, 'main.py'), code: await frozen(text) }, optimise: 0 },
  );
  expect(await judge('print(1)\n')).toEqual([]);
  expect(await judge('print(2)\n')).toEqual([{ module: '__main__', file: join(folder, 'main.py'), reason: 'different' }]);
});

test('an interpreter that fails is no answer, and neither is one that was told to stop', async ({ folder }) => {
  await write(folder, { 'main.py': '' });
  const survey = await surveyBaseline(plainBaseline(folder), { namespaces: [] });
  const none = { archive: '', modules: [], optimise: 0 } as const;
  await expect(
    differingModules(plainBaseline(folder, 'false'), survey, none),
  ).rejects.toThrow(expect.objectContaining({ name: 'CouldNotJudge' }));
  await expect(differingModules(plainBaseline(folder), survey, none, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
});
