import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleOf } from './bundle.testing.ts';
import { missedFiles } from './missed-files.ts';
import { inFolder } from './real-bundles.testing.ts';

/** What is told where the source has these files, the bundle those, and these paths were asked for. */
async function told(source: readonly string[], held: readonly string[], missed: readonly string[], more = {}) {
  const found: unknown[] = [];
  await inFolder(async (folder) => {
    for (const file of source) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), '');
    }
    const facts = missedFiles(bundleOf([], [...held], more), missed, { sourceFolders: [folder], packageFolders: [] });
    found.push(...facts.map(({ args }) => args));
  });
  return found;
}

const source = ['app/models/a.json', 'app/models/b.json', 'app/fast.so', 'settings.toml', 'app/code.py'];

test('data and libraries of a package, and a file at the top, each as a fact of its own', async () => {
  const missed = ['app/models/a.json', 'app/models/b.json', 'app/fast.so', 'settings.toml'].map((file) => `/tmp/x/_MEIab12/${file}`);
  expect(await told(source, [], missed)).toEqual([
    { file: 'app/models/a.json', files: 'app/models/a.json, app/models/b.json', package: 'app' },
    { libraries: 'app/fast.so', package: 'app' },
    { file: 'settings.toml', files: 'settings.toml' },
  ]);
});

test('nothing of what is inside, of code, of what the source does not have either, and of other places', async () => {
  const missed = ['/tmp/_MEI1/app/models/a.json', '/tmp/_MEI1/app/code.py', '/tmp/_MEI1/app/optional.json', '/etc/app/models/b.json'];
  expect(await told(source, ['app/models/a.json'], missed)).toEqual([]);
});

test('in the folder of a one-dir executable', async () => {
  const more = { kind: 'one-dir', file: '/opt/app/app', contentsFolder: '_internal' };
  expect(await told(source, [], ['/opt/app/_internal/app/models/a.json', '/opt/other/app/models/b.json'], more)).toEqual([
    { file: 'app/models/a.json', files: 'app/models/a.json', package: 'app' },
  ]);
});
