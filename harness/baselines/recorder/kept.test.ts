import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { plainBaseline } from '../survey/survey.testing.ts';
import type { Closure } from './closure.ts';
import { fileFor, keepRecording, keptRecording, recordingKey } from './kept.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'frostgate-kept-')));
const baseline = plainBaseline(folder, process.execPath);
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(fileFor(folder), { force: true });
});

const closure: Closure = {
  modules: new Map([['app', { name: 'app', kind: 'module', origin: '/app.py', importer: undefined, at: 1 }]]),
  files: [{ path: '/a.txt', importer: 'app' }], metadata: [], entryPoints: [],
  listings: [{ path: '/p', by: 'files', importer: undefined }], written: [],
};

test('a recording is kept for its key alone', () => {
  expect(keptRecording(baseline, 'one')).toBeUndefined();
  keepRecording(baseline, 'one', closure);
  expect(keptRecording(baseline, 'one')).toEqual(closure);
  expect(keptRecording(baseline, 'two')).toBeUndefined();
  writeFileSync(fileFor(folder), '{"key": "one", "mod');
  expect(keptRecording(baseline, 'one')).toBeUndefined();
});

test('the key follows from sources, lock file and contract, and from nothing that runs and builds leave', () => {
  writeFileSync(join(folder, 'main.py'), 'one');
  const key = recordingKey(baseline, 'contract');
  for (const name of ['dist', '__pycache__', '.venv']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'dist', 'app'), '');
  writeFileSync(join(folder, '__pycache__', 'main.pyc'), '');
  expect(recordingKey(baseline, 'contract')).toBe(key);
  expect(recordingKey(baseline, 'other')).not.toBe(key);
  expect(recordingKey({ ...baseline, lockSha256: 'other' }, 'contract')).not.toBe(key);
  utimesSync(join(folder, 'main.py'), 1, 1);
  expect(recordingKey(baseline, 'contract')).not.toBe(key);
});

test('a package that is called as what builds leave counts, and with sources elsewhere nothing is kept', () => {
  const key = recordingKey(baseline, 'contract');
  mkdirSync(join(folder, 'app', 'reports'), { recursive: true });
  writeFileSync(join(folder, 'app', 'reports', 'page.py'), '');
  const nested = recordingKey(baseline, 'contract');
  mkdirSync(join(folder, 'build'));
  expect(recordingKey(baseline, 'contract')).toBe(nested);
  writeFileSync(join(folder, 'build', '__init__.py'), '');
  expect(new Set([key, nested, recordingKey(baseline, 'contract')]).size).toBe(3);

  const packages = join(folder, '.venv/lib/python3.11/site-packages');
  mkdirSync(packages, { recursive: true });
  const python = join(folder, '.venv/bin/python');
  mkdirSync(join(folder, '.venv/bin'));
  symlinkSync(process.execPath, python);
  const withOwn = { ...baseline, python };
  writeFileSync(join(packages, 'app.pth'), `${folder}\n`);
  expect(recordingKey(withOwn, 'contract')).toBeTypeOf('string');
  for (const [name, text] of [['lib.pth', tmpdir()], ['__editable___lib_finder.py', `MAPPING = {'lib': '${tmpdir()}'}`]] as const) {
    writeFileSync(join(packages, name), text);
    expect(recordingKey(withOwn, 'contract')).toBeUndefined();
    rmSync(join(packages, name));
  }
  symlinkSync(join(folder, 'gone'), join(packages, 'gone.pth'));
  expect(recordingKey(withOwn, 'contract')).toBeTypeOf('string');
  expect(recordingKey({ ...baseline, python: join(folder, 'gone') }, 'contract')).toBeUndefined();
});
