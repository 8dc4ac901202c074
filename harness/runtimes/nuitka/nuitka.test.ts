import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identify } from '../identify.ts';
import { elfFile } from '../native/headers.testing.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frostgate-nuitka-'));
});
afterAll(() => rm(folder, { recursive: true }));

const mark = Buffer.from('NUITKA_ONEFILE_PARENT\0');
const payload = Buffer.concat([Buffer.from('KAY'), Buffer.alloc(1_000_000, 0xaa)]);

async function identified(constants: readonly Buffer[], name = '.rodata') {
  await writeFile(join(folder, 'worker'), elfFile({ pydata: Buffer.concat(constants), name }));
  return await identify(join(folder, 'worker'));
}

test('one file is told by what its bootstrap says, before or behind what it unpacks', async () => {
  const found = { runtime: 'nuitka', freezer: 'Nuitka one-file' };
  expect(await identified([payload, Buffer.alloc(40_000), mark, Buffer.alloc(11_000)])).toMatchObject(found);
  expect(await identified([mark, payload])).toMatchObject(found);
  expect(await identified([mark])).toMatchObject(found);
});

test('what only quotes it elsewhere is not', async () => {
  const others = [[[payload], '.rodata'], [[payload, mark, payload], '.rodata'], [[mark], '.data'], [[], '.rodata']] as const;
  for (const [constants, name] of others) {
    expect(await identified(constants, name)).toMatchObject({ runtime: 'native' });
  }
});
