import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { readClosure, recordingEnvironment, withoutNamed } from './closure.ts';
import { record, test } from './record.testing.ts';

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
    'main.py': 'import os, pkgutil\nopen(os.path.join(os.path.dirname(__file__), ' +
      '"prompt.md")).read()\nopen(os.devnull).read()\nopen(__file__ + ".out", "w").close()\nimport pack; pkgutil.get_data("pack", ' +
        '"data.json")\n',
    'prompt.md': 'hello',
    'pack/__init__.py': '',
    'pack/data.json': '{}',
  });
  const inside = closure.files.filter(({ path }) => path.startsWith(folder)).map(
    ({ path, importer }) => [path.slice(folder.length + 1), importer],
  );
  expect(inside).toEqual([['prompt.md', '__main__'], ['pack/data.json', 'pkgutil']]);
});

test('the program sees neither the recorder nor its variables; its own PYTHONPATH and sitecustomize are there', async ({ folder }) => {
  const { stdout } = await record(folder, {
    'environment/sitecustomize.py': 'import builtins; builtins.own_ran = True',
    'main.py': 'import os, sys\nprint(own_ran, os.path.basename(os.environ["PYTHONPATH"]), ' +
      'any("closure" in entry and not entry.startswith(os.path.dirname(__file__)) for entry in sys.path))\n',
  });
  expect(stdout).toBe('True environment False');
});

test('a program that ends without its exit handlers has left its lines', async ({ folder }) => {
  const { closure } = await record(
    folder, { 'main.py': 'import os, first\nimport second\nos._exit(0)\n', 'first.py': '', 'second.py': 'import json.tool\n' },
  );
  expect([...closure.modules.keys()]).toEqual(expect.arrayContaining(['first', 'second']));
});

test('what is there long after it was searched for is told before the end, however many are nowhere', async ({ folder }) => {
  const { closure } = await record(folder, {
    'main.py': 'import os, sys, time\nfor name in ["late", *(f"none{n}" for n in range(40))]:\n  try: __import__(name)\n  ' +
      'except ImportError: pass\nsys.path.append(sys.path[0] + "/more")\nsys.meta_path, finders = sys.meta_path[1:], sys.meta_path\n' +
      'from importlib.machinery import PathFinder as P\nfrom importlib.util import module_from_spec\n' +
      'sys.modules["late"] = module_from_spec(P.find_spec("late", [sys.path[-1]]))\nsys.meta_path = finders\ntime.sleep(0.05)\n' +
      'import last\nos._exit(0)\n',
    'more/late.py': '', 'last.py': '',
  });
  expect([...closure.modules.keys()]).toEqual(expect.arrayContaining(['late', 'last']));
});

test('who makes Python search for a module has imported it: its package, before the statement that names it', async ({ folder }) => {
  const { closure } = await record(folder, {
    'main.py': 'import pack.part\n', 'pack/__init__.py': 'from . import part\n', 'pack/part.py': '',
  });
  expect(closure.modules.get('pack.part')).toMatchObject({ importer: 'pack' });
});

test('metadata and entry points that are asked for are there, with whether the program copes without them', async ({ folder }) => {
  const { closure } = await record(folder, {
    'main.py': 'from importlib.metadata import version, entry_points\nimport sys; sys.path.append(sys.path[0] + ' +
      '"/site")\nprint(version("alpha"))\ntry:\n  version("beta")\nexcept ImportError: pass\nimport ' +
        'careful\nlist(entry_points(group="tools"))\nentry_points(group="one", name="only")\ntry:\n  version("gamma")\nexcept ' +
          'ImportError: pass\n',
    'careful.py': 'from importlib.metadata import version\ndef helper(): return version("beta")\ndef get():\n  try: return helper()\n  ' +
      'except Exception: return "unknown"\nget()\n',
    'site/alpha-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: alpha\nVersion: 1.0\n',
    'site/beta-2.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: beta\nVersion: 2.0\n',
  });
  expect(closure.metadata).toMatchObject([
    { distribution: 'alpha', guarded: false, importer: '__main__' },
    { distribution: 'beta', guarded: true, importer: '__main__' },
  ]);
  expect(closure.entryPoints).toMatchObject([{ group: 'tools', name: undefined, importer: '__main__' }, { group: 'one', name: 'only' }]);
});

test('what the program writes while it runs is no data file, however it was written', async ({ folder }) => {
  const { closure } = await record(folder, {
    'main.py': [
      'import os, sqlite3, tempfile',
      'here = os.path.dirname(os.path.abspath(__file__)); os.chdir(here)',
      'open("app.log", "a").write("x"); open("app.log").read()',
      'sqlite3.connect("app.db").execute("create table a(b)").close(); open("app.db", "rb").read()',
      'open("new.part", "w").close(); os.replace("new.part", "state.json"); open("state.json").read()',
      'open("generated.py", "w").close(); import generated',
      'os.close(os.open("app.lock", os.O_RDWR | os.O_CREAT))',
      'open("relative.txt").read(); open(os.fsencode(here) + b"/bytes.txt").read()',
      'import traceback; exec(compile("def f(): raise KeyError\\n", here + "/native.pyx", "exec"))',
      'try: f()',
      'except KeyError: traceback.format_exc()',
    ].join('\n'),
    'app.log': 'old', 'app.lock': '', 'relative.txt': 'x', 'bytes.txt': 'x', 'native.pyx': 'x',
  });
  expect(closure.files.map(({ path }) => basename(path))).toEqual(expect.arrayContaining(['relative.txt', 'bytes.txt']));
  expect(closure.files.filter(({ path }) => /app\.|state|native/.test(path))).toEqual([]);
  expect(closure.modules.has('generated')).toBe(false);
});

test('modules that put something else in their place, or fail in the end, harm nobody', async ({ folder }) => {
  const { closure, stdout } = await record(folder, {
    'main.py': 'import raising, answering\ntry:\n  import broken\nexcept ImportError: pass\nimport os, sys\nif os.fork() == 0:\n  ' +
      'import late\n  os._exit(0)\nos.wait()\nprint(answering.anything)\n',
    'raising.py': 'import sys\nclass Odd:\n  def __getattr__(self, name): raise RuntimeError(name)\nsys.modules[__name__] = Odd()\n',
    'answering.py': 'import sys\nclass Odd:\n  def __getattr__(self, name): return 5\nsys.modules[__name__] = Odd()\n',
    'broken.py': 'import no_such_module\n',
    'late.py': '',
  });
  expect(stdout).toBe('5');
  expect(['raising', 'answering', 'broken', 'late'].map((name) => closure.modules.has(name))).toEqual([true, true, false, true]);
});

test('a package that puts the module beside it in its place is that module', async ({ folder }) => {
  const { closure } = await record(folder, {
    'main.py': 'import both\nimport json.tool\n',
    'both/__init__.py': 'import importlib.util, os, sys\nspec = importlib.util.spec_from_file_location("both", ' +
      'os.path.dirname(__file__) + ".py")\nmodule = importlib.util.module_from_spec(spec)\nsys.modules["both"] = ' +
        'module\nspec.loader.exec_module(module)\n',
    'both.py': '',
  });
  expect(closure.modules.get('both')).toMatchObject({ kind: 'module', origin: join(folder, 'both.py'), importer: '__main__' });
});

test('an import is seen where a finder of the program stands before the recorder', async ({ folder }) => {
  const { closure } = await record(folder, { 'main.py': 'import sys\nfrom importlib.machinery import PathFinder\nsys.meta_path[:] = ' +
    '[PathFinder]\nimport hidden\n', 'hidden.py': '' });
  expect(closure.modules.get('hidden')).toMatchObject({ importer: '__main__' });
});

test('folders that are looked into, source that is run or read as a file, and what native code opens', async ({ folder }) => {
  const { closure } = await record(folder, {
    'main.py': [
      'import ctypes, importlib.util, inspect, os, pathlib, pkgutil, runpy, sqlite3',
      'here = os.path.dirname(os.path.abspath(__file__))',
      'import pack; os.listdir(here + "/pack"); list(pkgutil.iter_modules(pack.__path__)); list(pathlib.Path(here, "data").glob("*.txt"))',
      'spec = importlib.util.spec_from_file_location("env_py", here + "/steps/env.py")',
      'spec.loader.exec_module(importlib.util.module_from_spec(spec))',
      'runpy.run_path(here + "/steps/more.py"); open(here + "/steps/text.py").read(); inspect.getsource(pack)',
      'sqlite3.connect("file:" + here + "/facts.db?mode=ro", uri=True).close()',
      'try: ctypes.CDLL(here + "/libnone.so")',
      'except OSError: pass',
    ].join('\n'),
    'pack/__init__.py': '"""a"""\n', 'pack/one.py': '', 'data/a.txt': 'x',
    'steps/env.py': 'import json.tool', 'steps/more.py': '', 'steps/text.py': '', 'facts.db': '', 'libnone.so': 'none',
  });
  const below = (path: string) => path.slice(folder.length + 1);
  expect(closure.listings.map(({ path, by, importer }) => [below(path), by, importer])).toEqual([
    ['pack', 'files', '__main__'], ['pack', 'modules', '__main__'], ['data', 'files', '__main__'],
  ]);
  const own = closure.files.filter(({ path }) => path.startsWith(folder));
  expect(own.map(({ path, use, importer }) => [below(path), use, importer])).toEqual([
    ['steps/env.py', 'run', '__main__'], ['steps/more.py', 'run', '__main__'], ['steps/text.py', 'read', '__main__'],
    ['pack/__init__.py', 'source', '__main__'], ['facts.db', 'native', '__main__'], ['libnone.so', 'native', '__main__'],
  ]);
  expect([...closure.modules.keys()].filter((name) => name.includes('frostgate'))).toEqual([]);
});

test('an entry point that is loaded is asked for, however it was found; nobody knows whether native code copes', async ({ folder }) => {
  const { closure } = await record(folder, {
    'main.py': 'import sys; sys.path.append(sys.path[0] + "/site")\nfrom importlib.metadata import distributions\nfor each in ' +
      'distributions():\n  for point in each.entry_points:\n    if point.group == "desk.tools": point.load()\nimport quiet\n',
    // As an extension module does it in its own initialisation: no line of Python speaks of metadata.
    'quiet.py': 'import importlib.metadata as m\nask = getattr(m, "ver" + "sion")\nlist(map(ask, ["alpha"]))\n',
    'tool.py': 'def run(): pass\n',
    'site/alpha-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: alpha\nVersion: 1.0\n',
    'site/alpha-1.0.dist-info/entry_points.txt': '[desk.tools]\nhammer = tool:run\n',
  });
  expect(closure.entryPoints).toMatchObject([{ group: 'desk.tools', name: 'hammer' }]);
  expect(closure.metadata).toMatchObject([{ distribution: 'alpha' }]);
});

test('many threads may import at once', async ({ folder }) => {
  const names = Array.from({ length: 200 }, (_, index) => `part${index}`);
  const { closure, stdout } = await record(folder, {
    'main.py': 'import importlib, sys, threading\nsys.setswitchinterval(1e-6)\ndef work(k):\n  for i in range(k, 200, 8): ' +
      'importlib.import_module(f"part{i}")\nthreads = [threading.Thread(target=work, args=(k,)) for k in range(8)]\n[t.start() for t ' +
        'in threads]; [t.join() for t in threads]\nprint(sum(name.startswith("part") for name in sys.modules))\n',
    ...Object.fromEntries(names.map((name) => [`${name}.py`, ''])),
  });
  expect(stdout).toBe('200');
  expect(names.filter((name) => !closure.modules.has(name))).toEqual([]);
});

test.for([
  ['try: get()\nexcept PackageNotFoundError: pass', true],
  ['try: get()\nexcept: pass', true],
  ['try: get()\nexcept (KeyError, ImportError): pass', true],
  ['with contextlib.suppress(PackageNotFoundError): get()', true],
  ['def outer():\n  try:\n    return [get() for _ in "a"]\n  except Exception: pass\nouter()', true],
  ['try: get()\nexcept ValueError: pass', false],
  ['try: get()\nfinally: pass', false],
  ['with open(__file__): get()', false],
  ['try: int("x")\nexcept Exception: get()', false],
  ['try:\n  def late(): get()\nexcept Exception: pass\nlate()', false],
] as const)('%j copes without metadata: %s', async ([text, guarded], { folder }) => {
  const { closure } = await record(folder, {
    'main.py': `import contextlib, sys\nsys.path.append(sys.path[0] + "/site")\nfrom importlib.metadata import version, ` +
      `PackageNotFoundError\ndef get(): return version("alpha")\n${text}\n`,
    'site/alpha-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: alpha\nVersion: 1.0\n',
  });
  expect(closure.metadata).toMatchObject([{ distribution: 'alpha', guarded, importer: '__main__' }]);
});

test('files that the worker was told of are not its data', () => {
  const project = fileURLToPath(new URL('.', import.meta.url));
  const files = ['closure.ts', 'bench.testing.ts'].map((name) => ({ path: join(project, name), importer: undefined }));
  const left = (...values: string[]) => withoutNamed(files, project, values).map(({ path }) => basename(path));
  expect(left(`--config=${join(project, 'closure.ts')}`)).toEqual(['bench.testing.ts']);
  expect(left(project, 'closure.ts', '/no/such/file')).toEqual(['closure.ts', 'bench.testing.ts']);
  expect(withoutNamed(files, join(project, '..'), [project])).toEqual([]);
});

test('a Python that ran without the recorder has recorded nothing, which is said', ({ folder }) => {
  recordingEnvironment(folder);
  expect(() => readClosure(folder)).toThrow('nothing was recorded');
});
