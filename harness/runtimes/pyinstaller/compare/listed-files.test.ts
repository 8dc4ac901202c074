import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleOf, closureOf } from './bundle.testing.ts';
import { missingData } from './data.ts';
import { inFolder } from './real-bundles.testing.ts';

/** The files that are missing where a program looks into one folder of a project with these files. */
async function missingOf(looked: string, files: readonly string[], held: readonly string[], opened: readonly string[] = []) {
  const found: (string | undefined)[] = [];
  await inFolder(async (folder) => {
    for (const file of files) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), '');
    }
    const closure = closureOf([], {
      listings: [{ path: join(folder, looked), by: 'files', importer: 'app.prompts' }],
      files: opened.map((path) => ({ path: join(folder, path), importer: 'app.prompts' })),
    });
    const facts = missingData(bundleOf([], [...held]), closure, { packageFolders: [], sourceFolders: [folder] });
    found.push(...facts.map(({ args }) => args['files']));
  });
  return found;
}

const prompts = ['app/prompts/a.md', 'app/prompts/b.md', 'app/prompts/__init__.py', 'app/prompts/.cache', 'app/prompts/deep/c.md'];

test('all data files of a folder of which nothing is inside, also where one was opened', async () => {
  expect(await missingOf('app/prompts', prompts, ['app/other.md'])).toEqual(['app/prompts/a.md, app/prompts/b.md']);
  expect(await missingOf('app/prompts', prompts, [], ['app/prompts/b.md'])).toEqual(['app/prompts/b.md, app/prompts/a.md']);
});

test('nothing where something of the folder is inside: what was left out may be meant to be', async () => {
  expect(await missingOf('app/prompts', prompts, ['app/prompts/a.md'])).toEqual([]);
  expect(await missingOf('app/prompts', prompts, ['app/prompts/deep/c.md'])).toEqual([]);
});

test("nothing of the project's own folder, of folders of code and of folders that are gone", async () => {
  expect(await missingOf('.', ['pyproject.toml', 'main.py'], [])).toEqual([]);
  expect(await missingOf('app', ['app/one.py', 'app/two.so'], [])).toEqual([]);
  expect(await missingOf('gone', ['app/one.md'], [])).toEqual([]);
});

test('nothing of folders with more files than anybody would name', async () => {
  expect(await missingOf('app/many', Array.from({ length: 51 }, (_, index) => `app/many/${index}.txt`), [])).toEqual([]);
});
