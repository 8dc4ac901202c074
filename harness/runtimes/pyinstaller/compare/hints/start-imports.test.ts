import { expect, test } from 'vitest';
import type { Script } from '../../../bundle.ts';
import { inFolder } from '../real-bundles.testing.ts';
import { compiled, writtenBundle } from '../written-bundle.testing.ts';
import { unresolvedStarts } from './start-imports.ts';

/** Of the Python that the tests have. */
const bytecodeMagic = 3495;

async function missingIn(entry: string, modules: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const found: string[] = [];
  await inFolder(async (folder) => {
    const script: Script & { code: Buffer } = { name: 'main', kind: 'entry', code: await compiled(entry) };
    const code = Object.fromEntries(
      await Promise.all(Object.entries(modules).map(async ([name, source]) => [name, await compiled(source)] as const)),
    );
    const bundle = await writtenBundle(folder, {}, code, [script]);
    found.push(...(await unresolvedStarts({ ...bundle, bytecodeMagic })).map(({ args }) => `${args['importer']}: ${args['module']}`));
  });
  return found;
}

test.each([
  ['the entry script itself', 'import clerk.cli', {}, ['main: clerk']],
  ['a module that it imports', 'import app', { app: 'import jobs\nimport sys, _thread, math' }, ['app: jobs']],
  ['below packages', 'import app.deep.one', { app: '', 'app.deep': 'import gone', 'app.deep.one': '' }, ['app.deep: gone']],
  ['nothing', 'import app', { app: 'import json' , json: '' }, []],
  ['what may fail', 'try:\n  import fast\nexcept ImportError:\n  import app', { app: 'import gone' }, []],
  ['what a condition guards', 'import app\nif app.TYPE_CHECKING:\n  import gone', { app: 'TYPE_CHECKING = False' }, []],
  ['what a function imports', 'def main():\n  import gone', {}, []],
  ['modules that import each other', 'import one', { one: 'import two', two: 'import one' }, []],
] as const)('%s', async (_name, entry, modules, missing) => {
  expect(await missingIn(entry, modules)).toEqual(missing);
});
