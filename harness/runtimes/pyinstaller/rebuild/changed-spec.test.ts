import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test as base } from 'vitest';
import type { SpecChange } from '../hazards/edits.ts';
import { changeOf } from '../hazards/spec-change.ts';
import { cannotBeMade, changedSpec, originalSpec } from './changed-spec.ts';

const reference = fileURLToPath(new URL('../../../../fixtures/agent-runner/', import.meta.url));
const python = join(reference, process.platform === 'win32' ? '.venv/Scripts/python.exe' : '.venv/bin/python');

/** Runs a spec as PyInstaller does, but that Analysis(…), with the parameters of the real one, only tells what it was given. */
const program = `
import inspect, json, os, sys
from PyInstaller.building import build_main
told = []
real = inspect.signature(build_main.Analysis.__init__)
def tell(self, *args, **kwargs):
    told.append({name: value for name, value in real.bind(self, *args, **kwargs).arguments.items() if name != "self"})
tell.__signature__ = real
build_main.Analysis.__init__ = tell
spec = sys.argv[1]
space = {"SPECPATH": os.path.dirname(spec), "SPEC": spec, "Analysis": build_main.Analysis, "os": os}
exec(compile(open(spec, "rb").read(), spec, "exec"), space)
print(json.dumps(told))
`;

type Given = Record<string, unknown>;

const test = base.extend<{ project: string; analyse: (spec: string | Buffer, change: SpecChange) => Given[] }>({
  // oxlint-disable-next-line no-empty-pattern
  project: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'frostgate-spec-'));
    await use(folder);
    rmSync(folder, { recursive: true });
  },
  analyse: ({ project }, use) =>
    use((spec, change) => {
      writeFileSync(join(project, originalSpec), spec);
      writeFileSync(join(project, 'app.spec'), changedSpec(change, join(project, 'made ä"\\')));
      const output = execFileSync(python, ['-c', program, join(project, 'app.spec')], {
        encoding: 'utf8', cwd: project, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PYTHONPATH: project },
      });
      return JSON.parse(output.trim().split('\n').at(-1) ?? '');
    }),
});

beforeAll(() => {
  if (!existsSync(python)) execFileSync('bash', [join(reference, 'build.sh'), 'install'], { stdio: 'ignore' });
}, 180_000);

const change = (hazard: string, args: Record<string, string> = {}): SpecChange => changeOf({ hazard, args }) ?? [];

describe('however Analysis is called', () => {
  const lazy = change('BC-02', { module: 'lazy' });
  test.for<[string, string, Given]>([
    ['with keywords', 'Analysis(["main.py"], hiddenimports=["a"])', { scripts: ['main.py'], hiddenimports: ['a', 'lazy'] }],
    ['by position', 'Analysis(["main.py"], [], [], [], ["a"])', {
      scripts: ['main.py'], pathex: [], binaries: [], datas: [], hiddenimports: ['a', 'lazy'],
    }],
    ['without the argument', 'Analysis(["main.py"])', { scripts: ['main.py'], hiddenimports: ['lazy'] }],
    ['with None', 'Analysis(scripts=["main.py"], hiddenimports=None)', { scripts: ['main.py'], hiddenimports: ['lazy'] }],
    ['with a tuple', 'Analysis(["main.py"], hiddenimports=("a",))', { scripts: ['main.py'], hiddenimports: ['a', 'lazy'] }],
    ['with an argument of a later release', 'Analysis(["main.py"], novel=1)', {
      scripts: ['main.py'], hiddenimports: ['lazy'], _kwargs: { novel: 1 },
    }],
    ['imported', 'from PyInstaller.building.build_main import Analysis as A\nA(["main.py"])', {
      scripts: ['main.py'], hiddenimports: ['lazy'],
    }],
    ['by a subclass', 'class Mine(Analysis):\n    pass\nMine(["main.py"])', { scripts: ['main.py'], hiddenimports: ['lazy'] }],
    ['after from __future__', '"""Doc."""\nfrom __future__ import annotations\nAnalysis(["main.py"])', {
      scripts: ['main.py'], hiddenimports: ['lazy'],
    }],
  ])('%s', ([, spec, given], { analyse }) => {
    expect(analyse(spec, lazy)).toEqual([given]);
  });

  test('in another encoding, with a byte order mark, with several analyses', ({ analyse }) => {
    expect(
      analyse(Buffer.from('# -*- coding: latin-1 -*-\nAnalysis(["\u00E4.py"])', 'latin1'), lazy),
    ).toMatchObject([{ scripts: ['ä.py'] }]);
    expect(analyse('\uFEFFAnalysis(["a.py"])\r\nAnalysis(["b.py"])\r\n', lazy)).toEqual([
      { scripts: ['a.py'], hiddenimports: ['lazy'] }, { scripts: ['b.py'], hiddenimports: ['lazy'] },
    ]);
  });

  test('what a change can hold is data in Python too', ({ analyse }) => {
    const text = 'quote " and \' and """ and \\ and \n and \u2028 and ä 😀 and {x} and ${y}';
    expect(
      analyse('Analysis(["a.py"])', [{ kind: 'hidden-import', name: text }]),
    ).toEqual([{ scripts: ['a.py'], hiddenimports: [text] }]);
  });
});

test('every kind of change', ({ analyse, project }) => {
  for (const file of ['worker/__init__.py', 'worker/texts/a.txt', 'worker/lazy.py', 'prompt.md', 'alone.py']) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), '');
  }
  const made = join(project, 'made ä"\\');
  const given = (spec: string, edits: SpecChange) => analyse(spec, edits)[0];
  expect(
    given('Analysis(["m.py"], datas=[("x", ".")])', change('BC-04', { file: 'worker/texts/a.txt' })),
  ).toMatchObject({ datas: [['x', '.'], [join(project, 'worker/texts/a.txt'), join('worker', 'texts')]] });
  expect(given('Analysis(["m.py"])', change('BC-04', { file: 'prompt.md' }))).toMatchObject({ datas: [['prompt.md', '.']] });
  expect(given('Analysis(["m.py"])', change('BC-04', { file: 'worker/lazy.py' }))).toMatchObject({
    datas: expect.arrayContaining([[join(project, 'worker/lazy.py'), 'worker']]),
  });
  expect(given('Analysis(["m.py"])', change('BC-05', { distribution: 'temporalio' }))).toMatchObject({
    datas: [[expect.stringContaining('temporalio-'), expect.stringMatching(/^temporalio-.*\.dist-info$/)]],
  });
  expect(
    given('Analysis(["m.py"])', change('BC-06', { distribution: 'temporalio', module: 'worker.lazy' })),
  ).toMatchObject({ datas: [[expect.any(String), expect.any(String)]], hiddenimports: ['worker.lazy'] });
  expect(
    given('Analysis(["m.py"], excludes=["a", "unittest", "unittest.mock", "unittests"])', change('BC-07', { module: 'unittest.mock' })),
  ).toEqual({ scripts: ['m.py'], excludes: ['a', 'unittests'] });
  expect(
    given('Analysis(["m.py"], excludes=["unittests"])', change('BC-07', { module: 'unittest.mock' })),
  ).toEqual({ scripts: ['m.py'], excludes: ['unittests'], hiddenimports: ['unittest.mock'] });
  expect(given('Analysis(["m.py"], excludes=["a"])', change('BC-08', { module: 'pytest' }))).toMatchObject({ excludes: ['a', 'pytest'] });
  expect(
    given('Analysis(["m.py"], pathex=["p"])', change('BC-01', { module: 'alone' })),
  ).toMatchObject({ pathex: [join(made, 'modules'), 'p'] });
  expect(existsSync(join(made, 'modules', 'alone.py'))).toBe(true);
  expect(given('Analysis(["m.py"])', change('BC-12', { module: 'worker' }))).toMatchObject({ hiddenimports: ['worker', 'worker.lazy'] });
  expect(
    given('Analysis(["m.py"])', change('BC-13', { package: 'worker' })),
  ).toMatchObject({ module_collection_mode: { worker: 'pyz+py' } });
  expect(
    given('Analysis(["m.py"], runtime_hooks=["h.py"])', change('TW-18')),
  ).toMatchObject({ runtime_hooks: ['h.py', join(made, 'frostgate_runtime_hook.py')] });
  expect(given('Analysis(["m.py"])', change('BC-10'))).toEqual({ scripts: ['m.py'] });
  expect(
    given('Analysis(["m.py"])', [...change('TW-17'), ...change('BC-08', { module: 'mypy' })]),
  ).toMatchObject({ hiddenimports: ['temporalio.worker.workflow_sandbox._in_sandbox'], excludes: ['mypy'] });
});

test.for<[string, string, Record<string, string>, string]>([
  ['no such distribution', 'BC-05', { distribution: 'never-was' }, 'metadata of never-was: '],
  ['no such package', 'BC-04', { file: 'never_was/a.txt' }, 'data files of the package never_was: none is in the build environment'],
  ['no such file', 'BC-04', { file: 'never-was.txt' }, 'there is no never-was.txt beside the spec file'],
  ['no such module file', 'BC-01', { module: 'never_was' }, 'the build environment has no file never_was.py'],
])('a change that cannot be made ends the build with its reason: %s', ([, hazard, args, reason], { analyse }) => {
  expect(() => analyse('Analysis(["m.py"], excludes=["tkinter"])', change(hazard, args))).toThrow(`${cannotBeMade}${reason}`);
});
