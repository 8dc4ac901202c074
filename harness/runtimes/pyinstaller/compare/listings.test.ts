import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { ListedFolder, LoadedModule } from '../../../baselines/recorder/closure.ts';
import { bundleOf, closureOf } from './bundle.testing.ts';
import { listedPackages, missingListings } from './listings.ts';
import { inFolder } from './real-bundles.testing.ts';

const known = () => ({ distribution: undefined, standardLibrary: false, known: true });

/** A package whose module `shout` is found by looking into its folder, beside `whisper`, which no execution loads. */
async function looking(
  by: ListedFolder['by'], { modules = [], files = [], source = 'import os\n' }: {
    readonly modules?: readonly string[]; readonly files?: readonly string[]; readonly source?: string;
  },
) {
  const found: ReturnType<typeof missingListings> = [];
  await inFolder(async (folder) => {
    const path = join(folder, 'desk/skills');
    const texts = { '__init__.py': source, 'shout.py': '', 'whisper.py': '', '0001_first.py': '', 'a.txt': '' };
    for (const [name, text] of Object.entries(texts)) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), text);
    }
    const module = (name: string, file: string, importer: string): [string, LoadedModule] => (
      [name, { name, kind: file.startsWith('__init__') ? 'package' : 'module', origin: join(path, file), importer }]
    );
    const closure = closureOf([], {
      listings: [{ path, by, importer: 'desk.skills' }],
      modules: new Map([
        module('desk.skills', '__init__.py', 'desk.jobs'), module('desk.skills.shout', 'shout.py', 'desk.skills'),
        ['voice', { name: 'voice', kind: 'module', origin: '/site/voice.py', importer: 'desk.skills.shout' }],
      ]),
    });
    expect(listedPackages(closure)).toBe(1);
    found.push(...missingListings(bundleOf(modules, files), closure, known));
  });
  return found;
}

test('what is found by its files is missed where the folder holds none of them, frozen or not', async () => {
  const [fact] = await looking('files', { modules: ['desk.skills', 'desk.skills.shout'] });
  expect(fact).toMatchObject({ kind: 'missing-listing', args: {
    package: 'desk.skills', modules: 'desk.skills.0001_first, desk.skills.shout, desk.skills.whisper', by: 'files', folder: 'desk/skills',
  } });
  expect(fact?.names).toContain('module:voice');
  expect(await looking('files', { files: ['desk/skills/shout.py'] })).toEqual([]);
});

test('what pkgutil finds is missed where it is not frozen', async () => {
  expect(await looking('modules', { modules: ['desk.skills', 'desk.skills.shout'] })).toEqual([]);
  expect(await looking('modules', { modules: ['desk.skills'] })).toMatchObject([{ args: { by: 'modules', importer: 'desk.skills' } }]);
});

test('a module that its importer names is not found by looking; who asks whether it is frozen looks elsewhere', async () => {
  expect(await looking('files', { source: 'from desk.skills import shout\n' })).toEqual([]);
  expect(await looking('files', { source: "import sys\nif getattr(sys, 'frozen', False): pass\n" })).toEqual([]);
  expect(await looking('files', { source: 'shouting = 1\n' })).toHaveLength(1);
});
