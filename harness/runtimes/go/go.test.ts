import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inspectSummary } from '../../run/inspect/summary.ts';
import { identify } from '../identify.ts';
import { readBundle } from '../subject.ts';
import type { GoBuild } from './build-info.ts';
import { describeGoBuild, goRows, releaseOf } from './go.ts';
import { buildPrograms, programFile, withoutGo } from './programs.testing.ts';
import { infoStart, inlineInfo, varint, withBytes } from './surgery.testing.ts';

const main = { path: 'example.com/worker', version: 'v1.2.0' };
const build: GoBuild = { goVersion: 'go1.26.8', path: 'example.com/worker', main, dependencies: [], settings: [['CGO_ENABLED', '0']] };

test.each([
  [build, 'Go 1.26.8, module example.com/worker v1.2.0, CGO off'],
  [{ ...build, main: { ...main, version: '(devel)' }, settings: [['CGO_ENABLED', '1']] }, 'Go 1.26.8, module example.com/worker, CGO on'],
  [{ goVersion: 'devel go1.27-0123abc', path: 'cmd/go', dependencies: [], settings: [] }, 'Go devel go1.27-0123abc, package cmd/go'],
  [{ goVersion: 'go1.17.13', dependencies: [], settings: [] }, 'Go 1.17.13'],
] as const)('in words: %#', (described, words) => {
  expect(describeGoBuild(described)).toBe(words);
});

test.each([
  ['v1.2.0', '1.2.0'], ['v1.2.0-rc.1', '1.2.0-rc.1'], ['v1.2.0+dirty', undefined], ['(devel)', undefined],
  ['v1.2.1-0.20260102030405-0123456789ab', undefined], ['v0.0.0-20260102030405-0123456789ab+dirty', undefined],
])('the release of %s', (version, release) => {
  expect(releaseOf({ ...build, main: { ...main, version } })).toBe(release);
  expect(releaseOf({ goVersion: 'go1.17.13', dependencies: [], settings: [] })).toBeUndefined();
});

test.each([
  ['its own module', 'example.com/worker', 'example.com/worker', '1.2.0'],
  ['a module in a folder of the repository, whose tag is worker/v1.2.0', 'example.com/mono/worker', 'example.com/mono/worker', '1.2.0'],
  ['a module with a major version', 'example.com/worker/v2', 'example.com/worker/v2', '1.2.0'],
  ['a command with the name of its module', 'example.com/worker', 'example.com/worker/cmd/worker', '1.2.0'],
  ['one of the commands of a module that has tags of its own', 'example.com/mono', 'example.com/mono/cmd/worker', undefined],
])('the release of a program of %s', (_, module, path, release) => {
  expect(releaseOf({ ...build, path, main: { path: module, version: 'v1.2.0' } })).toBe(release);
});

test('the source is told with what was changed in it', () => {
  const settings = [['vcs', 'git'], ['vcs.revision', 'abc'], ['vcs.time', '2026-01-02T03:04:05Z'], ['vcs.modified', 'true']] as const;
  const dependencies = [{ ...main, replacedBy: { path: './worker', version: '' } }, main];
  expect(goRows({ goVersion: 'go1.26.8', path: 'example.com/worker/serve', main, dependencies, settings })).toStrictEqual([
    ['toolchain', 'go1.26.8'],
    ['module', 'example.com/worker v1.2.0'],
    ['package', 'example.com/worker/serve'],
    ['revision', 'git abc of 2026-01-02T03:04:05Z, modified before it was built'],
    ['depends on', '2 modules, 1 replaced'],
  ]);
});

describe('inspect', () => {
  beforeAll(() => buildPrograms(), 180_000);
  beforeEach(({ skip }) => {
    skip(...withoutGo);
  });

  test('tells of a program what it was built from', async () => {
    expect(inspectSummary(await readBundle(programFile('modified')))).toMatch(/^module +example\.com\/worker v1\.2\.3\+dirty$/m);
    expect(inspectSummary(await readBundle(programFile('modified')))).toMatch(/^revision +git [0-9a-f]{40} of 2026-.*, modified before/m);
    expect(inspectSummary(await readBundle(programFile('tagged')))).toMatch(/^revision +git [0-9a-f]{40} of 2026-[\d-]+T[\d:]+Z$/m);
    expect(await identify(programFile('tagged'))).toMatchObject({ runtime: 'go', builtAs: '1.2.3' });
    expect(await identify(programFile('modified'))).not.toHaveProperty('builtAs');
  });

  test('says what it cannot read of one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'frostgate-go-'));
    try {
      const bytes = await readFile(programFile('linux-amd64'));
      const cut = Buffer.concat([inlineInfo('', Buffer.alloc(0)).subarray(0, 32), varint(10_000_000)]);
      await writeFile(join(folder, 'program'), withBytes(bytes, await infoStart(bytes), cut));
      const sentence = 'the Go build info is cut off or longer than it can be';
      expect(await readBundle(join(folder, 'program'))).toMatchObject({
        producer: 'Go', oddities: [{ kind: 'damaged-executable', sentence }],
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
