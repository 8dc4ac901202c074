import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { LoadedModule } from '../../../baselines/recorder/closure.ts';
import { bundleOf, closureOf } from './bundle.testing.ts';
import { originsIn } from './owner.ts';
import { inFolder } from './real-bundles.testing.ts';
import { unrunModules } from './unrun.ts';

const files = [
  'app/__init__.py', 'app/__main__.py', 'app/fmt_a.py', 'app/fmt_b.py', 'app/fmt_c/__init__.py', 'app/fmt_data/x.txt', 'app/other.py',
  'app/test_fmt.py', 'app/conftest.py', 'app/tests/__init__.py', 'fmt_d.py', 'fmt_e.py', 'setup.py',
];

/** What is told where `loaded` was loaded by a made-up name. */
async function told(loaded: Partial<LoadedModule>, held: string[] = [], also: string[] = []): Promise<string[]> {
  const found: string[] = [];
  await inFolder(async (folder) => {
    for (const file of files) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), '');
    }
    const module: LoadedModule = { name: 'app.fmt_a', kind: 'module', importer: 'app.other', origin: undefined, ...loaded };
    const origin = loaded.origin ?? join(folder, `${module.name.replaceAll('.', '/')}${module.kind === 'package' ? '/__init__' : ''}.py`);
    const closure = closureOf(also);
    const origins = originsIn({ packageFolders: ['/site'], sourceFolders: [folder], standardLibrary: ['/python'], distributions: [] });
    const modules = new Map([...closure.modules, [module.name, { ...module, origin }]]);
    const facts = unrunModules(bundleOf(held), { ...closure, modules }, origins);
    found.push(...facts.map(({ args }) => args['modules'] ?? ''));
  });
  return found;
}

test.for([
  ['app.fmt_*', [], 'app.fmt_b, app.fmt_c'],
  ['.fmt_*', [], 'app.fmt_b, app.fmt_c'],
  ['app.fmt_*', ['app.fmt_b'], 'app.fmt_c'],
  ['*', [], 'app.fmt_b, app.fmt_c, app.other'],
] as const)('beside what %s has loaded, with %j inside, %s are told', async ([computed, held, expected]) => {
  expect(await told({ computed }, [...held])).toEqual([expected]);
});

test('a package is loaded by such a name as well', async () => {
  expect(await told({ name: 'app.fmt_c', kind: 'package', computed: 'app.fmt_*' }, ['app.fmt_a'])).toEqual(['app.fmt_b']);
});

test('what is inside, or was loaded, or lies beside no made-up name is not told', async () => {
  expect(await told({})).toEqual([]);
  expect(await told({ computed: 'app.fmt_*' }, ['app.fmt_b', 'app.fmt_c/'])).toEqual([]);
  expect(await told({ computed: 'app.fmt_*' }, [], ['app.fmt_b by app', 'app.fmt_c/ by app'])).toEqual([]);
});

test('a package that a name brings in by itself is none that was chosen', async () => {
  expect(await told({ name: 'app', kind: 'package', computed: 'app.fmt_*' })).toEqual([]);
});

test('in no package a name must say something', async () => {
  expect(await told({ name: 'fmt_d', computed: 'fmt_*' })).toEqual(['fmt_e']);
  expect(await told({ name: 'fmt_d', computed: '*' })).toEqual([]);
});

test('what is installed chooses its own parts', async () => {
  expect(await told({ computed: '*', origin: '/python/app/fmt_a.py' })).toEqual([]);
});
