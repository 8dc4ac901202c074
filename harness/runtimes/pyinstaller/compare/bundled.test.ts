import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { surveyBaseline } from '../../../baselines/survey/survey.ts';
import { makeEnvironment, plainBaseline } from '../../../baselines/survey/survey.testing.ts';
import { normalisedName, type Lock } from '../../../baselines/lock.ts';
import type { FrozenBundle } from '../../bundle.ts';
import { bundledVersions, type Bundled } from './bundled.ts';
import { inFolder, readReference } from './real-bundles.testing.ts';
import { referenceBaseline } from '../../../baselines/survey/survey.testing.ts';
import { otherVersions, unreadVersions } from './versions.ts';
import { compiled, writtenBundle } from './written-bundle.testing.ts';

const native = Buffer.from('\u007fELF, as a wheel has it');
const said = "__version__ = version = '2.0'\nlimit = 1\n";
const silent = 'def one():\n    return 1\n';

/** What three distributions install. */
const installed = {
  said: { 'said/__init__.py': '', 'said/_about.py': said },
  silent: { 'silent.py': silent, 'both.py': silent },
  twin: { 'both/__init__.py': '', 'twin.py': silent },
  native: { 'native/_n.abi3.so': native },
};

type Code = Readonly<Record<string, string>>;

/** What is told of a bundle with this code and these native files, beside an environment with what is installed above. */
async function told(folder: string, code: Code, files: Readonly<Record<string, Buffer>> = {}): Promise<Bundled[]> {
  const { python, sitePackages } = await makeEnvironment(join(folder, 'venv'));
  for (const [name, contents] of Object.entries(installed)) {
    const rows = Object.entries(contents).map(([file, text]) => (
      `${file},sha256=${createHash('sha256').update(text).digest('base64url')},${Buffer.byteLength(text)}`
    ));
    const metadata = join(sitePackages, `${name}-2.0.dist-info`);
    await mkdir(metadata, { recursive: true });
    await writeFile(join(metadata, 'METADATA'), `Metadata-Version: 2.1\nName: ${name}\nVersion: 2.0\n`);
    await writeFile(join(metadata, 'RECORD'), `${rows.join('\n')}\n`);
    for (const [file, text] of Object.entries(contents)) {
      await mkdir(dirname(join(sitePackages, file)), { recursive: true });
      await writeFile(join(sitePackages, file), text);
    }
  }
  const marshalled = await Promise.all(Object.entries(code).map(async ([name, text]) => [name, await compiled(text)] as const));
  const written = await writtenBundle(join(folder, 'dist'), files, Object.fromEntries(marshalled));
  const entries = written.entries.map((entry) => (entry.name.endsWith('.so') ? { ...entry, role: 'extension module' as const } : entry));
  const baseline = plainBaseline(folder, python);
  const survey = await surveyBaseline(baseline, { namespaces: [] });
  const bundle: FrozenBundle = { ...written, entries, bytecodeMagic: survey.bytecodeMagic };
  return await bundledVersions(bundle, baseline, survey);
}

const lock: Lock = { file: 'uv.lock', versions: new Map(
  Object.keys(installed).map((name) => [normalisedName(name), { name, versions: ['2.0'] }]),
) };
const lines = (bundled: readonly Bundled[]) => otherVersions(
  { distributions: [] } as unknown as FrozenBundle, lock, undefined, bundled,
).map(({ line }) => line);

test('the version that code says where the installed code says its own, whatever else it says', () => inFolder(async (folder) => {
  expect(await told(folder, { 'said._about': said.replace('limit = 1', 'limit = 2') })).toEqual([
    { name: 'said', installed: '2.0', found: '2.0', same: true, by: 'code' },
  ]);
  const older = await told(folder, { 'said._about': said.replace('2.0', '1.9') });
  expect(older).toEqual([{ name: 'said', installed: '2.0', found: '1.9', same: false, by: 'code' }]);
  expect(lines(older)).toEqual(['the executable holds said 1.9, uv.lock has 2.0']);
}));

test('code without a version is held against the installed files', () => inFolder(async (folder) => {
  expect(await told(folder, { silent: `# comment\n${silent}` })).toEqual([
    { name: 'silent', installed: '2.0', found: '2.0', same: true, by: 'code' },
  ]);
  const other = await told(folder, { silent: silent.replace('1', '2') });
  expect(other).toEqual([{ name: 'silent', installed: '2.0', same: false, by: 'code' }]);
  expect(lines(other)).toEqual(['the executable holds silent with other code than 2.0 has, uv.lock has 2.0']);
}));

test('a module of two distributions tells of the one whose file it is; of neither, it tells nothing', () => inFolder(async (folder) => {
  expect(await told(folder, { both: silent })).toEqual([{ name: 'silent', installed: '2.0', found: '2.0', same: true, by: 'code' }]);
  const neither = await told(folder, { both: 'x = 1\n' });
  expect(neither.map(({ name, same }) => [name, same]).toSorted()).toEqual([['silent', undefined], ['twin', undefined]]);
  expect([lines(neither), unreadVersions(lock, neither).toSorted()]).toEqual([[], ['silent', 'twin']]);
}));

test("a native file is held against the hash in its wheel's RECORD; of another size it may have been stripped", () => inFolder(
  async (folder) => {
    const of = async (bytes: Buffer) => await told(folder, {}, { 'native/_n.abi3.so': bytes });
    expect(await of(native)).toEqual([{ name: 'native', installed: '2.0', found: '2.0', same: true, by: 'hashes' }]);
    expect(await of(Buffer.from(native.toString().replace('wheel', 'other')))).toEqual([
      { name: 'native', installed: '2.0', same: false, by: 'hashes' },
    ]);
    const stripped = await of(native.subarray(5));
    expect(stripped).toEqual([{ name: 'native', installed: '2.0' }]);
    expect(unreadVersions(lock, stripped)).toEqual(['native']);
  },
));

test('of other code than the installed one nobody knows whether it is what a lock has that went on', () => {
  const other: Bundled[] = [{ name: 'silent', installed: '1.0', same: false, by: 'code' }];
  expect([lines(other), unreadVersions(lock, other)]).toEqual([[], ['silent']]);
});

test('the versions of the reference are those of its environment, most of them without metadata', async () => {
  const baseline = await referenceBaseline();
  const bundled = await bundledVersions(await readReference(), baseline, await surveyBaseline(baseline, { namespaces: [] }));
  expect(bundled.filter(({ same }) => same !== true)).toEqual([]);
  expect(bundled.filter(({ by }) => by === 'code').length).toBeGreaterThan(20);
});
