import { expect, test } from 'vitest';
import type { Lock } from '../../../baselines/lock.ts';
import { referenceProject } from '../../../run/reference.ts';
import { loadContract } from '../../../contract/load.ts';
import { bundleOf } from './bundle.testing.ts';
import { developmentTools } from './excluded.ts';
import { readReference, readSabotaged } from './real-bundles.testing.ts';

const lines = (...args: Parameters<typeof developmentTools>) => developmentTools(...args).map(({ line }) => line);

test('the contract is strict: modules, submodules, files and libraries of what it excludes', () => {
  const bundle = bundleOf(['numpy/', 'numpy.core', 'numpy.tests/', 'numpy.tests.test_a', 'numpytests', 'own/'], [
    'numpy/tests/data.csv', 'numpy/x.h', 'numpy.libs/libblas.so', 'numpy-2.0.dist-info/METADATA',
  ]);
  expect(lines(bundle, ['numpy.tests'])).toEqual(['numpy.tests is inside (2 modules and 1 file, 3 bytes); the contract excludes it']);
  expect(lines(bundle, ['numpy', 'numpy.tests', 'numpy'])).toEqual(['numpy is inside (4 modules and 3 files, 7 bytes); the contract ' +
    'excludes it']);
  expect(lines(bundle, ['pytest', 'nump', 'data'])).toEqual([]);
});

test('data alone count where the contract excludes them, and an extension module counts once', () => {
  const entry = {
    name: '_tkinter.cpython-311-x86_64-linux-gnu.so', role: 'extension module', typeCode: 'b', storedBytes: 5000, sizeBytes: 9000,
    compressed: true, offset: 0,
  } as const;
  const module = { name: '_tkinter', kind: 'extension module', origin: 'loose', entry: entry.name, offset: 0, storedBytes: 5000 } as const;
  expect(lines(bundleOf([], [], { modules: [module], entries: [entry] }), ['_tkinter'])).toEqual(['_tkinter is inside (1 module, 5 ' +
    'kB); the contract excludes it']);
  expect(lines(bundleOf([], ['notebook/logo.png']), ['notebook'])).toEqual(['notebook is inside (0 modules and 1 file, 1 bytes); the ' +
    'contract excludes it']);
});

test('known tools are told where the baseline does without them', () => {
  const bundle = bundleOf(['_pytest/', 'pytest/', 'IPython/', 'jupyter_client/', 'setuptools/', 'black/', 'own/'], ['coverage/style.css']);
  const distributions = [{ name: 'pytest', topLevel: ['_pytest', 'pytest'] }, { name: 'ipython', topLevel: ['IPython'] }];
  const lock: Lock['versions'] = new Map([
    ['ipython', { name: 'ipython', versions: ['9'], groups: ['main'] }], ['pytest', { name: 'pytest', versions: ['9'], groups: ['dev'] }],
  ]);
  expect(developmentTools(bundle, [], { loaded: new Set(['own', 'black']), lock, distributions }).map(({ args }) => args)).toEqual([
    { module: '_pytest', distribution: 'pytest' },
    { module: 'pytest', distribution: 'pytest' },
    { module: 'jupyter_client' },
  ]);
  expect(
    lines(bundle, ['pytest'], { loaded: new Set(['own', 'IPython', 'jupyter_client', '_pytest', 'black']) }),
  ).toEqual(['pytest is inside (1 module, 1 bytes); the contract excludes it']);
});

test('without a baseline only the contract speaks', () => {
  expect(lines(bundleOf(['pytest/', 'tkinter/']), [])).toEqual([]);
});

test('the reference keeps its contract; the variant with a GUI module does not', async () => {
  const { contract } = await loadContract(`${referenceProject}worker-contract.yaml`);
  const loaded = new Set<string>();
  expect(developmentTools(await readReference(), contract.bundle.excludes, { loaded })).toEqual([]);
  const bundle = await readSabotaged('with-tkinter');
  expect(lines(bundle, contract.bundle.excludes)).toEqual([
    expect.stringMatching(/^tkinter is inside \(1 module, [\d.]+ kB\); the contract excludes it$/),
  ]);
  expect(lines(bundle, [], { loaded })).toEqual([
    expect.stringMatching(/^tkinter is inside \(.*\); the worker run from source never loads it$/),
  ]);
});
