import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { expect, test as base } from 'vitest';
import { readClosure, recordingEnvironment, type Closure } from './closure.ts';

const test = base.extend<{ folder: string }>({
  // oxlint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'frostgate-closure-'));
    await use(folder);
    await rm(folder, { recursive: true });
  },
});

async function record(folder: string, files: Readonly<Record<string, string>>): Promise<{ closure: Closure; stdout: string }> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const recorded = join(folder, 'recorder');
  const environment = recordingEnvironment(recorded);
  // Where an environment's own sitecustomize may lie.
  const path = [environment['PYTHONPATH'], join(folder, 'environment')].join(delimiter);
  const { stdout } = await execa('python3', [join(folder, 'main.py')], { env: { ...environment, PYTHONPATH: path }, stdin: 'ignore' });
  return { closure: readClosure(recorded), stdout };
}

test('static, lazy and dynamic imports are there with who imported them first; what failed is not', async ({ folder }) => {
  const { closure } = await record(folder, {
    'main.py': 'import pack\npack.work()\ntry:\n  import no_such_module\nexcept ImportError: pass\n',
    'pack/__init__.py': 'import importlib\ndef work():\n  from . import lazy\n  importlib.import_module("pack." + "dynamic")\n',
    'pack/lazy.py': 'import spaced.inner\n',
    'pack/dynamic.py': '',
    'spaced/inner.py': '',
  });
  const told = ['pack', 'pack.lazy', 'pack.dynamic', 'spaced', 'spaced.inner', 'no_such_module'].map((name) => {
    const { kind, importer } = closure.modules.get(name) ?? {};
    return [name, kind, importer];
  });
  expect(told).toEqual([
    ['pack', 'package', '__main__'],
    ['pack.lazy', 'module', 'pack'],
    ['pack.dynamic', 'module', 'pack'],
    ['spaced', 'namespace package', 'pack.lazy'],
    ['spaced.inner', 'module', 'pack.lazy'],
    ['no_such_module', undefined, undefined],
  ]);
  expect(closure.modules.has('sitecustomize')).toBe(false);
});

test('data files are there, code and written files are not', async ({ folder }) => {
  const { closure } = await record(folder, {
    'main.py': 'import os, pkgutil\nopen(os.path.join(os.path.dirname(__file__), "prompt.md")).read()\nopen(os.devnull).read()\nopen(__file__ + ".out", "w").close()\nimport pack; pkgutil.get_data("pack", "data.json")\n',
    'prompt.md': 'hello',
    'pack/__init__.py': '',
    'pack/data.json': '{}',
  });
  const inside = closure.files.filter(({ path }) => path.startsWith(folder)).map(({ path, importer }) => [path.slice(folder.length + 1), importer]);
  expect(inside).toEqual([['prompt.md', '__main__'], ['pack/data.json', 'pkgutil']]);
});

test('the program sees neither the variables nor the recorder, and its own sitecustomize still runs', async ({ folder }) => {
  const { stdout } = await record(folder, {
    'environment/sitecustomize.py': 'import builtins; builtins.own_ran = True',
    'main.py': 'import os, sys\nprint(own_ran, [name for name in ("PYTHONPATH", "FROSTGATE_CLOSURE") if name in os.environ], any("closure" in entry and not entry.startswith(os.path.dirname(__file__)) for entry in sys.path))\n',
  });
  expect(stdout).toBe('True [] False');
});

test('a program that ends without its exit handlers has left its lines', async ({ folder }) => {
  const { closure } = await record(folder, { 'main.py': 'import os, first\nimport second\nos._exit(0)\n', 'first.py': '', 'second.py': 'import json.tool\n' });
  expect([...closure.modules.keys()]).toEqual(expect.arrayContaining(['first', 'second']));
});

test('metadata and entry points that are asked for are there, with whether the program copes without them', async ({ folder }) => {
  const { closure } = await record(folder, {
    'main.py': 'from importlib.metadata import version, entry_points\nimport sys; sys.path.append(sys.path[0] + "/site")\nprint(version("alpha"))\ntry:\n  version("beta")\nexcept ImportError: pass\nimport careful\nlist(entry_points(group="tools"))\nentry_points(group="one", name="only")\ntry:\n  version("gamma")\nexcept ImportError: pass\n',
    'careful.py': 'from importlib.metadata import version\ndef helper(): return version("beta")\ndef get():\n  try: return helper()\n  except Exception: return "unknown"\nget()\n',
    'site/alpha-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: alpha\nVersion: 1.0\n',
    'site/beta-2.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: beta\nVersion: 2.0\n',
  });
  expect(closure.metadata).toEqual([
    { distribution: 'alpha', guarded: false, importer: '__main__' },
    { distribution: 'beta', guarded: true, importer: '__main__' },
  ]);
  expect(closure.entryPoints).toMatchObject([{ group: 'tools', name: undefined, importer: '__main__' }, { group: 'one', name: 'only' }]);
});
