import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { elfFile } from './headers.testing.ts';
import { nativeFilesBeside } from './files-beside.ts';

test('native files beside an executable and below its folder, but not itself, texts and links', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'frostgate-beside-'));
  try {
    await mkdir(join(folder, 'releases/linux'), { recursive: true });
    for (const name of ['worker', 'releases/linux/index.node']) await writeFile(join(folder, name), elfFile());
    await writeFile(join(folder, 'bundle.js'), 'export {};\n');
    await symlink('worker', join(folder, 'link'));
    await cp(process.execPath, join(folder, 'helper'));
    const found = await nativeFilesBeside(join(folder, 'worker'));
    expect(found.map(({ entry }) => entry).toSorted()).toEqual(['helper', 'releases/linux/index.node']);
    expect(found.find(({ entry }) => entry === 'helper')?.images).toHaveLength(1);
    await rm(join(folder, 'helper'));
    await rm(join(folder, 'releases'), { recursive: true });
    expect(await nativeFilesBeside(join(folder, 'worker'))).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
