import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LoadedModule } from '../../../baselines/recorder/closure.ts';
import { bundleOf, closureOf } from './bundle.testing.ts';
import { otherKinds } from './kinds.ts';
import { missingModules } from './modules.ts';
import { originsIn } from './owner.ts';

const origins = originsIn({
  packageFolders: ['/site'],
  sourceFolders: ['/project'],
  standardLibrary: ['/python'],
  distributions: [
    { name: 'tabulate', version: '0.10.0', topLevel: ['tabulate'] }, { name: 'protobuf', version: '7.0', topLevel: ['google.protobuf'] },
  ],
});
const missing = (held: string[], loaded: string[]) => missingModules(bundleOf(held), closureOf(loaded), origins, []);

test('what both have is no defect, nor is what only the executable has', () => {
  expect(missing(['app/', 'app.main', 'more'], ['app/ by __main__', 'app.main by app'])).toEqual([]);
});

test('neighbours that are missing are one fact, other packages another', () => {
  const facts = missing(
    ['app/', 'app.tools/'], ['app/', 'app.tools/', 'app.tools.shell by app.tools', 'app.tools.web by app.tools', 'tabulate by app'],
  );
  expect(facts.map(({ args, names }) => [args, names])).toEqual([
    [{
      module: 'app.tools.shell', modules: 'app.tools.shell, app.tools.web', importer: 'app.tools',
    }, ['module:app.tools.shell', 'module:app.tools.web']],
    [{ module: 'tabulate', modules: 'tabulate', importer: 'app', distribution: 'tabulate 0.10.0' }, ['module:tabulate']],
  ]);
  expect(facts[0]?.line).toBe('app.tools.shell, app.tools.web: loaded by the baseline, first by app.tools; not in the executable');
});

test('what one module imports of one distribution is one fact, wherever it lies', () => {
  const facts = missing(['app/', 'hub/', 'hub.api/', 'hub.telemetry/'], [
    'app/', 'hub/ by app', 'hub.api/ by hub', 'hub.telemetry/ by hub', 'hub.api.rust by hub.config', 'hub.telemetry.post by hub.config',
    'other by app', 'more.part by hub.config', 'tabulate by hub.config',
  ]);
  expect(facts.map(({ args }) => args['modules'])).toEqual(['hub.api.rust, hub.telemetry.post, more.part', 'other', 'tabulate']);
});

test('a whole package is named by itself, and what only it imports belongs to it', () => {
  const facts = missing(['app/'], ['app/', 'groq/ by app', 'groq.client by groq', 'wire by groq.client', 'wire.low by wire']);
  expect(facts).toHaveLength(1);
  expect(facts[0]).toMatchObject({
    args: { module: 'groq', modules: 'groq' }, names: ['module:groq', 'module:groq.client', 'module:wire', 'module:wire.low'],
  });
});

test('a module that something outside of a missing package asks for by its name is told, which brings in the package', () => {
  const facts = missing(['app/', 'app.jobs'], ['app/', 'app.words/ by app.jobs', 'app.words.french by app.jobs']);
  expect(facts.map(({ args }) => args)).toEqual([{ module: 'app.words.french', modules: 'app.words.french', importer: 'app.jobs' }]);
});

test("what lies beside a module of the project's is told with it, as far as it is missing", () => {
  const project = mkdtempSync(join(tmpdir(), 'frostgate-modules-'));
  for (const name of ['__init__', 'french', 'german', '0001_initial', 'held', 'no name']) writeFileSync(join(project, `${name}.py`), '');
  const closure = closureOf(['app/', 'app.words/ by app.jobs', 'app.words.french by app.jobs']);
  const words = closure.modules.get('app.words');
  const initialiser = join(project, '__init__.py');
  const modules = new Map([...closure.modules, ...(words ? [['app.words', { ...words, origin: initialiser }] as const] : [])]);
  const own = originsIn({ packageFolders: ['/site'], sourceFolders: ['/project', project], standardLibrary: [], distributions: [] });
  const [fact] = missingModules(bundleOf(['app/', 'app.jobs', 'app.words.held']), { ...closure, modules }, own, []);
  expect(fact?.args).toMatchObject({ modules: 'app.words.french', neighbours: 'app.words.0001_initial, app.words.german' });
  rmSync(project, { recursive: true });
});

test('modules that import each other are told all the same', () => {
  expect(missing([], ['one by two', 'two by one']).flatMap(({ names }) => names)).toEqual(['module:one', 'module:two']);
});

test('more than a dozen are collected by their package', () => {
  const names = Array.from({ length: 13 }, (_, index) => `app.m${index}`);
  expect(
    missing(['app/'], ['app/', ...names.map((name) => `${name} by app`)])[0]?.args,
  ).toEqual({ module: 'app.m0', package: 'app', importer: 'app' });
});

test("Python's own modules are told apart; namespaces and modules without a file are not looked for", () => {
  const closure = closureOf(['unittest/ by app', 'google?']);
  const own = closure.modules.get('unittest');
  const made = { name: 'made', kind: 'module', origin: undefined, importer: 'app' } as const;
  const modules = new Map<string, LoadedModule>([
    ...closure.modules, ['made', made], ...(own ? [['unittest', { ...own, origin: '/python/unittest/__init__.py' }] as const] : []),
  ]);
  expect(
    missingModules(bundleOf([]), { ...closure, modules }, origins, []).map(({ args }) => args),
  ).toEqual([{ module: 'unittest', modules: 'unittest', importer: 'app', standardLibrary: 'yes' }]);
});

test('what only a wrongly frozen module imports belongs to that', () => {
  const bundle = bundleOf(['multipart/']);
  const closure = closureOf(['multipart by app', 'wsgiref by multipart']);
  const kinds = otherKinds(bundle, closure, { providers: {}, distributions: [] });
  expect(missingModules(bundle, closure, origins, kinds)).toMatchObject([
    { kind: 'other-kind', args: { module: 'multipart' }, names: ['module:multipart', 'module:wsgiref'] },
  ]);
});

test('the children of an empty namespace are left to the plugins', () => {
  expect(missing(['ns?'], ['ns?', 'ns.one by app'])).toEqual([]);
});

test('what the sandbox imports in a string is left to whoever looks for that', () => {
  expect(missing([], ['temporalio.worker.workflow_sandbox._in_sandbox by x'])).toEqual([]);
});

test('what a program loads from a folder of the machine is not looked for, what is its own is', () => {
  const at = (name: string, origin: string) => [name, { name, kind: 'module', origin, importer: 'app' }] as const;
  const closure = { ...closureOf([]), modules: new Map([at('plugin', '/opt/plugins/plugin.py'), at('own', '/project/own.py')]) };
  expect(missingModules(bundleOf([]), closure, origins, []).map(({ args }) => args['module'])).toEqual(['own']);
});

test.each([
  ['', ['jobs/prices/table.json'], true],
  ['# Only data.\n\n', ['jobs/prices/table.json'], true],
  ['', ['jobs/table.json'], false],
  ['TABLE = "table.json"\n', ['jobs/prices/table.json'], false],
])('a package of %j, of which %j is inside: is nothing missing? %s', (code, files, isComplete) => {
  const project = mkdtempSync(join(tmpdir(), 'frostgate-modules-'));
  try {
    const origin = join(project, '__init__.py');
    writeFileSync(origin, code);
    const all = originsIn({ packageFolders: [project], sourceFolders: [], standardLibrary: [], distributions: [] });
    const prices: LoadedModule = { name: 'jobs.prices', kind: 'package', origin, importer: 'jobs' };
    const loaded = { ...closureOf(['jobs/']), modules: new Map([['jobs.prices', prices]]) };
    expect(missingModules(bundleOf(['jobs/'], files), loaded, all, [])).toHaveLength(isComplete ? 0 : 1);
  } finally {
    rmSync(project, { recursive: true });
  }
});
