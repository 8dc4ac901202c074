import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inMemory, withFile } from '../native/byte-source.ts';
import { elfFile, fatFile, peFile, thinFile } from '../native/headers.testing.ts';
import { orDamage } from '../native/errors.ts';
import { readGoBuildInfo } from './build-info.ts';
import { buildPrograms, printed, printedByGo, programFile, programs, withoutGo } from './programs.testing.ts';
import { framed, infoStart, inlineInfo, varint, withBytes, withoutSections, withPointers } from './surgery.testing.ts';

let folder = '';
beforeAll(async () => {
  await buildPrograms();
  folder = await mkdtemp(join(tmpdir(), 'frostgate-go-'));
}, 180_000);
afterAll(() => rm(folder, { recursive: true }));

/** What is read of these bytes, and the same by Go. */
async function both(program: Buffer): Promise<{ ours: string[]; goes: string[] }> {
  const file = join(folder, 'program');
  await writeFile(file, program, { mode: 0o755 });
  const build = await withFile(file, readGoBuildInfo);
  return { ours: build === undefined ? [] : printed(build), goes: await printedByGo(file) };
}

const program = (name: (typeof programs)[number]) => readFile(programFile(name));

/** Two modules, a folder instead of one, and settings that need quotes. */
const modules = framed(`path\texample.com/worker/serve
mod\texample.com/worker\tv1.2.0\th1:abc=
dep\texample.com/other\tv0.1.0
=>\t./other\t(devel)\t
build\t-ldflags="-s -w -X 'main.built=a \\"b\\"'"
build\tCGO_ENABLED=0
`);

describe('beside Go itself', () => {
  beforeEach(({ skip }) => {
    skip(...withoutGo);
  });

  test.each(programs)('%s says line by line what Go prints', async (name) => {
    const { ours, goes } = await both(await program(name));
    expect(goes.length).toBeGreaterThan(8);
    expect(ours).toStrictEqual(goes);
  });

  test('a program that was stripped of its section table', async () => {
    const { ours, goes } = await both(withoutSections(await program('linux-amd64')));
    expect(goes).toContain('path\texample.com/worker');
    expect(ours).toStrictEqual(goes);
  });

  test('the magic where no header can begin is passed over', async () => {
    const linux = withoutSections(await program('linux-amd64'));
    const start = await infoStart(linux);
    const moved = withBytes(linux, start + 2_048, inlineInfo('go1.99', modules));
    const { ours } = await both(withBytes(moved, start, Buffer.from('... \xff Go buildinf:', 'latin1')));
    expect(ours.slice(0, 2)).toStrictEqual(['go\tgo1.99', 'path\texample.com/worker/serve']); // Go 1.26 miscounts and gives up
  });

  test.each([
    ['linux-amd64', 8, 'little'], ['linux-arm64', 8, 'big'], ['linux-amd64', 4, 'little'], ['linux-amd64', 4, 'big'],
    ['darwin-amd64', 8, 'little'], ['darwin-arm64', 8, 'little'], ['windows-amd64.exe', 8, 'little'],
  ] as const)('%s as an older Go wrote it: pointers of %i bytes, %s end first', async (name, width, order) => {
    // A Mac program lies at 4 GB and a Windows program at 5 GB, out of reach for pointers of 4 bytes.
    const { ours, goes } = await both(await withPointers(await program(name), 'go1.17.13', modules, width, order));
    expect(ours).toContain('go\tgo1.17.13');
    expect(ours).toStrictEqual(goes);
  });

  test.each(['windows-amd64.exe', 'linux-amd64'] as const)('%s of a build without modules', async (name) => {
    const bytes = await program(name);
    const { ours, goes } = await both(withBytes(bytes, await infoStart(bytes), inlineInfo('go1.20', Buffer.alloc(0))));
    expect(ours).toStrictEqual(['go\tgo1.20']);
    expect(ours).toStrictEqual(goes);
  });

  test('pointers that are made at start tell nothing', async () => {
    const bytes = await program('linux-amd64');
    const start = await infoStart(bytes);
    const header = Buffer.concat([bytes.subarray(start, start + 14), Buffer.from([8, 0]), Buffer.alloc(16)]);
    const { ours, goes } = await both(withBytes(bytes, start, header));
    expect(ours).toStrictEqual([]);
    expect(goes.join()).toContain('not a Go executable');
  });

  test.each([
    ['a text longer than the file', Buffer.concat([
      inlineInfo('', Buffer.alloc(0)).subarray(0, 32), varint(2 ** 60),
    ]), 'is cut off or longer'],
    ['a length without end', Buffer.concat([
      inlineInfo('', Buffer.alloc(0)).subarray(0, 32), Buffer.alloc(40, 0xff),
    ]), 'is cut off or longer'],
    ['a module of five columns', inlineInfo('go1.20', framed('path\tx\ndep\ta\tb\tc\td\te\n')), 'not two or three columns'],
    ['a replacement of nothing', inlineInfo('go1.20', framed('path\tx\n=>\ta\tb\tc\n')), 'replaces a module that it does not name'],
    ['a setting without a name', inlineInfo('go1.20', framed('path\tx\nbuild\t=1\n')), 'no name and value'],
  ])('%s is refused in a sentence', async (_, info, sentence) => {
    const bytes = await program('linux-arm64');
    const damaged = withBytes(bytes, await infoStart(bytes), info);
    expect(await orDamage(() => readGoBuildInfo(inMemory(damaged)))).toStrictEqual({ damage: expect.stringContaining(sentence) });
    await writeFile(join(folder, 'program'), damaged);
    expect((await printedByGo(join(folder, 'program'))).join()).toMatch(/could not read|not a Go executable/);
  });

  test('pointers to nowhere are refused in a sentence', async () => {
    const bytes = await withPointers(await program('linux-amd64'), 'go1.17.13', modules, 8, 'little');
    const lost = withBytes(bytes, (await infoStart(bytes)) + 16, Buffer.alloc(8, 0x7f));
    expect(await orDamage(() => readGoBuildInfo(inMemory(lost)))).toStrictEqual({ damage: 'the Go build info points outside the file' });
  });
});

test('a large program of someone else, whatever there is on this machine', async () => {
  const name = `@oxlint-tsgolint/${process.platform}-${process.arch}/tsgolint${process.platform === 'win32' ? '.exe' : ''}`;
  const build = await withFile(fileURLToPath(new URL(`../${name}`, import.meta.resolve('oxlint-tsgolint/package.json'))), readGoBuildInfo);
  expect(build).toMatchObject({ main: { path: 'github.com/typescript-eslint/tsgolint' }, goVersion: expect.stringMatching(/^go1\.\d+/) });
  expect(build?.dependencies.find(({ path }) => path === 'golang.org/x/sync')).toMatchObject({ sum: expect.stringMatching(/^h1:.{44}$/) });
});

test('what Go did not build, or what is no program, is not Go', async () => {
  expect(await withFile(process.execPath, readGoBuildInfo)).toBeUndefined();
  for (const bytes of [elfFile(), peFile(), thinFile(), fatFile(), Buffer.from('#!/bin/sh\n'), Buffer.alloc(0)]) {
    expect(await readGoBuildInfo(inMemory(bytes))).toBeUndefined();
  }
});
