import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { platformId } from '../system/platform.ts';
import { runPython } from './pyinstaller/bundles.testing.ts';
import { elfFile } from './native/headers.testing.ts';
import { readBundle } from './subject.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frostgate-opaque-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function described(name: string, content: string | Buffer) {
  await writeFile(join(folder, name), content);
  return await readBundle(join(folder, name));
}

test('the running node is opaque, with what it needs', async () => {
  const platform = platformId();
  expect(await readBundle(process.execPath)).toMatchObject({ kind: 'opaque', platforms: [platform], oddities: [], images: [{ platform }] });
});

test('a real Go program is named', async () => {
  const name = `@oxlint-tsgolint/${process.platform}-${process.arch}/tsgolint${process.platform === 'win32' ? '.exe' : ''}`;
  const program = fileURLToPath(new URL(`../${name}`, import.meta.resolve('oxlint-tsgolint/package.json')));
  expect(await readBundle(program)).toMatchObject({ kind: 'opaque', producer: 'Go', platforms: [platformId()] });
});

test('a real zipapp, with and without the line that starts it', async () => {
  await mkdir(join(folder, 'app'));
  await writeFile(join(folder, 'app/__main__.py'), 'print(1)\n');
  for (const line of [[], ['--python', '/usr/bin/env python3']]) {
    await runPython(['-m', 'zipapp', join(folder, 'app'), '-o', join(folder, 'app.pyz'), ...line]);
    expect(await readBundle(join(folder, 'app.pyz'))).toMatchObject({ kind: 'opaque', format: 'zip', producer: 'zipapp', platforms: [] });
  }
});

// What the tools themselves leave in a file, seen in executables of Nuitka 2.8.9 and cx_Freeze 8.7.3.
test.each([
  ['Nuitka', 'NUITKA_ONEFILE_PARENT\0'],
  ['cx_Freeze', 'cx_Freeze: Python error in main script\0'],
  ['PyOxidizer', 'oxidized_importer\0'],
])('%s', async (producer, bootloader) => {
  expect(await described('frozen', elfFile({ bootloader }))).toMatchObject({ kind: 'opaque', format: 'ELF', producer });
  expect(await described('frozen', elfFile({ bootloader: `${'.'.repeat(4_000_000 - 100)}${bootloader}` }))).toMatchObject({ producer });
});

test("Node's fuse is lit where it carries an application, wherever it lies; .NET's host says where its bundle begins", async () => {
  const fuse = (state: number) => `NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:${state}`;
  const node = await described('frozen', elfFile({ bootloader: `${'.'.repeat(48_700_000)}${fuse(1)}` }));
  expect(node).toMatchObject({ kind: 'opaque', producer: 'Node (single executable application)' });
  expect(await described('frozen', elfFile({ bootloader: fuse(0) }))).not.toHaveProperty('producer');
  const host = (offset: number) => Buffer.concat([
    Buffer.from([offset, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae', 'hex'),
  ]);
  expect(await described('frozen', elfFile({ bootloader: host(7) }))).toMatchObject({ producer: '.NET (single file)' });
  expect(await described('frozen', elfFile({ bootloader: host(0) }))).not.toHaveProperty('producer');
});

// What shiv 1.0.8 and pex 2.105.2 leave.
test.each([
  ['shiv', ['__main__.py', '_bootstrap/__init__.py', 'environment.json']],
  ['pex', ['__main__.py', 'PEX-INFO', '__pex__/__init__.py']],
  ['Python wheel', ['thing/__init__.py', 'thing-1.dist-info/METADATA', 'thing-1.dist-info/WHEEL']],
  [undefined, ['word/document.xml']],
])('%s', async (producer, names) => {
  const file = join(folder, 'archive.zip');
  const script = 'import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], "w") as archive:\n  for name in sys.argv[2:]: ' +
    'archive.writestr(name, "")';
  await runPython(['-c', script, file, ...names]);
  const bundle = await readBundle(file);
  expect(bundle).toMatchObject({ kind: 'opaque', format: 'zip' });
  expect('producer' in bundle ? bundle.producer : undefined).toBe(producer);
});

test.each([
  ['a script', '#!/bin/sh\nexit 0\n', 'script'],
  ['a text', 'hello\n', 'text'],
  ['nothing', '', 'empty'],
  ['noise', Buffer.from([0, 1, 2, 0xff]), 'unknown'],
])('%s', async (_, content, format) => {
  expect(await described('other', content)).toStrictEqual({
    kind: 'opaque', format, file: join(folder, 'other'), sizeBytes: Buffer.byteLength(content), platforms: [], images: [], oddities: [],
  });
});

test('a file that only quotes the archive magic is not taken for a frozen one', async () => {
  const magic = Buffer.from([0x4d, 0x45, 0x49, 0x0c, 0x0b, 0x0a, 0x0b, 0x0e]);
  await cp(process.execPath, join(folder, 'node'));
  await writeFile(join(folder, 'node'), Buffer.concat([magic, Buffer.alloc(200, 1)]), { flag: 'a' });
  expect(await readBundle(join(folder, 'node'))).toMatchObject({ kind: 'opaque', oddities: [] });
});
