import { expect, test } from 'vitest';
import { findBaseline } from '../../../baselines/baseline.ts';
import { normalisedName, readLock, readOwnDistribution, type Lock } from '../../../baselines/lock.ts';
import type { Distribution } from '../../bundle.ts';
import { referenceProject } from '../../../run/reference.ts';
import { bundleOf } from './bundle.testing.ts';
import { readReference } from './real-bundles.testing.ts';
import { otherVersions } from './versions.ts';

const lockOf = (...packages: readonly (readonly [string, ...string[]])[]): Lock =>
  ({ file: 'poetry.lock', versions: new Map(packages.map(([name, ...versions]) => [normalisedName(name), { name, versions }])) });

const holding = (name: string, version: string, folder = `${name}-${version}.dist-info`) => {
  const distribution: Distribution = { name, version, folder, hasMetadata: true, hasRecord: true, entryPoints: [] };
  return bundleOf([], [], { distributions: [distribution] });
};

test.each([
  ['the same', holding('redis', '8.1.0'), lockOf(['redis', '8.1.0'])],
  ['written in another way', holding('Typing.Extensions', '1.0'), lockOf(['typing_extensions', '1.0.0'])],
  ['one of two', holding('numpy', '1.26'), lockOf(['numpy', '2.1', '1.26'])],
  ['a dependency by path', holding('library', '7'), lockOf(['library'])],
  ['not locked', holding('setuptools', '84'), lockOf(['redis', '8'])],
  ['a copy inside a package', holding('packaging', '20', 'setuptools/_vendor/packaging-20.dist-info'), lockOf(['packaging', '26'])],
  ['no version at all, but the same', holding('odd', 'unknown'), lockOf(['odd', 'unknown'])],
])('%s is right', (_, bundle, lock) => {
  expect(otherVersions(bundle, lock, undefined)).toEqual([]);
});

test('another version is named with the locked one, each of several', () => {
  expect(otherVersions(holding('redis', '7.0.0'), lockOf(['redis', '8.1.0', '8.2.0']), undefined)).toEqual([{
    kind: 'other-version',
    args: { distribution: 'redis', found: '7.0.0', locked: '8.1.0 or 8.2.0', file: 'poetry.lock' },
    line: 'the executable holds redis 7.0.0, poetry.lock has 8.1.0 or 8.2.0',
    names: ['distribution:redis'],
  }]);
  expect(otherVersions(holding('torch', '2.1.0+cu121'), lockOf(['torch', '2.1.0+cpu']), undefined)).toHaveLength(1);
});

test('the project itself is held against pyproject.toml, when that has a version', () => {
  const bundle = holding('agent-runner', '0.9');
  expect(
    otherVersions(bundle, lockOf(), { name: 'agent_runner', version: '1.0.0' }).map(({ line }) => line),
  ).toEqual(['the executable holds agent-runner 0.9, pyproject.toml says 1.0.0']);
  expect(otherVersions(bundle, lockOf(), { name: 'agent_runner' })).toEqual([]);
});

test('the reference was built from what is locked; the same executable is not of a lock that moved on', async () => {
  const lock = await readLock(await findBaseline(referenceProject, 'main.py'));
  const [bundle, own] = [await readReference(), await readOwnDistribution(referenceProject)];
  if (lock === undefined) throw new Error('the reference has no poetry.lock');
  expect(bundle.distributions.filter(({ name }) => lock.versions.has(normalisedName(name))).length).toBeGreaterThan(5);
  expect(otherVersions(bundle, lock, own)).toEqual([]);
  const versions = new Map([...lock.versions, ['redis', { name: 'redis', versions: ['8.1.1'] }]]);
  const moved = { distribution: 'redis', found: '8.1.0', locked: '8.1.1' };
  expect(otherVersions(bundle, { ...lock, versions }, own).map(({ args }) => args)).toMatchObject([moved]);
});
