import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { plainBaseline } from '../../../baselines/survey/survey.testing.ts';
import type { SpecChange } from '../hazards/edits.ts';
import { changeOf } from '../hazards/spec-change.ts';
import { editedSources } from './edited.ts';
import { test } from './folder.testing.ts';

const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
const lazy: SpecChange = [{ kind: 'hidden-import', name: 'lazy' }];
const metadata: SpecChange = [{ kind: 'metadata', name: 'httpx' }];
const pool = changeOf({ hazard: 'PM-10', args: {} }) ?? [];
const copied = 'from PyInstaller.utils.hooks import copy_metadata\n';
const support = "import multiprocessing\nif __name__ == '__main__':\n    multiprocessing.freeze_support()\n\n";

const edited = (folder: string, change: SpecChange) => editedSources(change, {
  baseline: plainBaseline(folder, python), environment: folder, spec: 'app.spec',
});

test.for<[string, string, SpecChange, string]>([
  ['a list', 'a = Analysis(["m.py"], hiddenimports=["x",])', lazy, `a = Analysis(["m.py"], hiddenimports=["x", 'lazy',])`],
  ['none', 'a = Analysis(["m.py"], hiddenimports=None)', lazy, `a = Analysis(["m.py"], hiddenimports=['lazy'])`],
  ['nothing', 'a = Analysis(["m.py"])', lazy, `a = Analysis(["m.py"], hiddenimports=['lazy'])`],
  ['lines', 'a = Analysis(\n    ["ä"],\n    binaries=[],\n)', lazy,
    `a = Analysis(\n    ["ä"],\n    binaries=[],\n    hiddenimports=['lazy'],\n)`],
  ['a position', 'Analysis([], [], [], [("a", ".")])', metadata, `${copied}Analysis([], [], [], [("a", ".")] + copy_metadata('httpx'))`],
  ['a variable', 'd = ()\nAnalysis([], datas=d)', metadata, `d = ()\n${copied}Analysis([], datas=list(d or []) + copy_metadata('httpx'))`],
  ['a call', `${copied}Analysis([], datas=f())`, metadata, `${copied}Analysis([], datas=f() + copy_metadata('httpx'))`],
  ['excludes', 'Analysis([], excludes=["a", "unittest"])', [{ kind: 'include', name: 'unittest.mock', imports: ['unittest.mock'] }],
    'Analysis([], excludes=["a"])'],
  ['no excludes', 'Analysis([])', [{ kind: 'include', name: 'mock', imports: ['mock'] }], "Analysis([], hiddenimports=['mock'])"],
  ['sources', 'Analysis([], module_collection_mode={"a": "py"})', [{ kind: 'keep-source', name: 'b' }],
    `Analysis([], module_collection_mode={**({"a": "py"}), 'b': 'pyz+py'})`],
  ['strip', 'Analysis([])\nEXE(strip=True)', [{ kind: 'no-strip', name: 'strip' }], 'Analysis([])\nEXE(strip=False)'],
  ['a level', 'Analysis([], optimize=2)\nEXE([("O", None, "OPTION"), ("u", None, "OPTION")])', [{ kind: 'no-optimise', name: 'optimize' }],
    'Analysis([], optimize=0)\nEXE([("u", None, "OPTION")])'],
])('a spec with %s', async ([, spec, change, text], { folder, write }) => {
  write({ 'app.spec': `${spec}\n`, 'main.py': '' });
  const { files, whole } = await edited(folder, change);
  expect({ files, whole }).toEqual({ files: { 'app.spec': `${text}\n` }, whole: true });
});

test.for([
  'Analysis(*given)', 'Analysis([])\nAnalysis([])', 'Analysis(', 'Analysis([], **more)',
])('not in %j', async (spec, { folder, write }) => {
  write({ 'app.spec': spec });
  expect(await edited(folder, lazy)).toEqual({ files: {}, whole: false, patch: '' });
});

test.for([
  ['', 'main()\n'], ['"""Doc."""\nfrom __future__ import annotations\n', 'main()\n'], ['#!/usr/bin/python\n# coding: utf-8\n', 'main()'],
])('an entry script that begins with %j', async ([head = '', rest = ''], { folder, write }) => {
  write({ 'app.spec': 'Analysis(["main.py"])\n', 'main.py': head + rest });
  const { files } = await edited(folder, pool);
  expect(files).toEqual({ 'main.py': `${head}${head === '' ? '' : '\n'}${support}${rest}` });
});

test('one that does so already stays', async ({ folder, write }) => {
  write({ 'app.spec': '', 'main.py': 'if __name__ == "__main__":\n    multiprocessing.freeze_support()\n    main()\n' });
  expect((await edited(folder, pool)).files).toEqual({});
});

test('git applies the patch to the project', async ({ folder, write }) => {
  write({ 'app.spec': 'Analysis(["main.py"])', 'main.py': 'main()' });
  const hook = changeOf({ hazard: 'TW-18', args: {} }) ?? [];
  const { files, patch } = await edited(folder, [...lazy, ...hook, ...pool]);
  expect(Object.keys(files).toSorted()).toEqual(['app.spec', 'frozen_hook.py', 'main.py']);
  writeFileSync(join(folder, 'remedies.patch'), patch);
  execFileSync('git', ['apply', 'remedies.patch'], { cwd: folder, env: { ...process.env, GIT_CEILING_DIRECTORIES: folder } });
  for (const [path, text] of Object.entries(files)) expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
});
