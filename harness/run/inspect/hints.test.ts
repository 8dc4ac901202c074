import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bundlesFolder } from '../../runtimes/pyinstaller/bundles.testing.ts';
import { readFrozen, readReference, readSabotaged } from '../../runtimes/pyinstaller/compare/real-bundles.testing.ts';
import { readHints } from './hints.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url));

test.each(['reference', 'honest'])('nothing looks wrong in the %s', async (name) => {
  expect(await readHints(name === 'honest' ? await readSabotaged(name) : await readReference())).toEqual([]);
});

// Workers that other commands build: one as small as can be, and one that opens the sandbox in its code.
for (const file of ['small-worker/dist/small-worker', 'unrelated/dist/unrelated'].map(fixture)) {
  test.skipIf(!existsSync(file))(`nothing looks wrong in ${file.split('/').at(-1)}`, async () => {
    expect(await readHints(await readFrozen(file))).toEqual([]);
  });
}

test.each([
  ['no-open-hook', 'TW-18', /agent_runner\.workflow/, /runtime_hooks/],
  ['no-sandbox-module', 'TW-17', /exec string/, /hiddenimports=\['temporalio\.worker\.workflow_sandbox\._in_sandbox'\]/],
])('%s', async (name, hazard, cause, remedy) => {
  expect(await readHints(await readSabotaged(name))).toEqual([
    { hazard, cause: expect.stringMatching(cause), remedy: expect.stringMatching(remedy), line: expect.any(String) },
  ]);
});

test('an executable for Windows without the runtime of its modules', async () => {
  expect(await readHints(await readFrozen(join(bundlesFolder, 'windows-amd64.exe')))).toMatchObject([{ hazard: 'NA-09' }]);
});

test('a member for another processor', async () => {
  const bundle = await readFrozen(join(bundlesFolder, 'one-file'));
  const [first] = bundle.nativeFiles;
  const nativeFiles = first === undefined
    ? []
    : [{ ...first, images: first.images.map((image) => ({ ...image, platform: 'linux-arm64' })) }];
  expect(await readHints({ ...bundle, nativeFiles })).toMatchObject([{ hazard: 'NA-02', cause: expect.stringContaining('linux-arm64') }]);
});
