import { expect, test } from 'vitest';
import { surveyBaseline } from '../../../baselines/survey/survey.ts';
import { referenceBaseline } from '../../../baselines/survey/survey.testing.ts';
import type { Entry, NativeFile, OpaqueBundle } from '../../bundle.ts';
import { bundlesFolder } from '../bundles.testing.ts';
import { bundleOf } from './bundle.testing.ts';
import { floorNotes, floorsOverLimit } from './native-floor.ts';
import { readFrozen, readReference } from './real-bundles.testing.ts';

const needing = (files: Readonly<Record<string, string>>) => {
  const nativeFiles = Object.entries(files).map(
    ([entry, glibc]): NativeFile => ({ entry, format: 'ELF', images: [{ platform: 'linux-amd64', needs: [], glibc }] }),
  );
  const entries = nativeFiles.map(
    ({ entry }): Entry => (
      {
        name: entry, role: entry.endsWith('.abi3.so') ? 'extension module' : 'library', typeCode: 'b', storedBytes: 1, sizeBytes: 1,
        compressed: true, offset: 0,
      }
    ),
  );
  return bundleOf([], [], { nativeFiles, entries });
};

test('what a member comes from: a wheel by its import name or its folder, or the build machine', () => {
  const bundle = needing({
    'libssl.so.3': '2.34', 'libpython3.11.so.1.0': '2.35', 'python3.11/lib-dynload/_ssl.so': '2.33', 'google/_upb/_message.abi3.so': '2.32',
    'numpy.libs/libgfortran.so': '2.31',
    '_cffi_backend.abi3.so': '2.30', 'unknown/lib.so': '2.29', 'old.so': '2.9', 'fine.so': '2.28',
  });
  const distributions = [{
    name: 'protobuf', topLevel: ['google.protobuf', 'google._upb._message'],
  }, { name: 'NumPy', topLevel: ['numpy'] }, { name: 'cffi', topLevel: ['cffi', '_cffi_backend'] }];
  expect(floorsOverLimit(bundle, { glibc: '2.28' }, distributions).map(
    ({ args: { member, needs, blame, origin } }) => [member, needs, blame, origin],
  )).toEqual([
    ['libpython3.11.so.1.0', '2.35', 'the build machine', 'build machine'],
    ['libssl.so.3', '2.34', 'the build machine', 'build machine'],
    ['python3.11/lib-dynload/_ssl.so', '2.33', 'the build machine', 'build machine'],
    ['google/_upb/_message.abi3.so', '2.32', 'protobuf', 'wheel'],
    ['numpy.libs/libgfortran.so', '2.31', 'NumPy', 'wheel'],
    ['_cffi_backend.abi3.so', '2.30', 'cffi', 'wheel'],
    ['unknown/lib.so', '2.29', 'unknown', 'wheel'],
  ]);
  expect(floorsOverLimit(bundle, {})).toEqual([]);
});

test('an executable of another make, and what lies in its folder', () => {
  const images = (glibc: string) => [{ platform: 'linux-amd64', needs: ['libc.so.6'], glibc }];
  const bundle: OpaqueBundle = {
    kind: 'opaque', file: 'worker', format: 'ELF', sizeBytes: 1, platforms: ['linux-amd64'], oddities: [], images: images('2.34'),
    nativeFiles: [{ entry: 'releases/index.node', format: 'ELF', images: images('2.31') }],
  };
  expect(floorsOverLimit(bundle, { glibc: '2.28' }).map(({ args: { member, blame, origin } }) => [member, blame, origin])).toEqual([
    ['the executable itself', 'the machine that linked it', 'executable'], ['releases/index.node', 'its folder', 'beside'],
  ]);
  expect(floorsOverLimit({ ...bundle, images: [] }, { glibc: '2.31' })).toEqual([]);
  expect(floorNotes(bundle)).toEqual(['linux-amd64: glibc 2.34 or later']);
});

test('the worst ten, and how many more there are', () => {
  const facts = floorsOverLimit(
    needing(Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`lib${index}.so`, `2.${index + 10}`]))), { glibc: '2.12' },
  );
  expect(facts).toHaveLength(10);
  expect(facts[0]?.line).toBe('lib24.so needs glibc 2.34, the contract allows 2.12; it comes from the build machine');
  expect(facts[9]?.line).toBe('lib15.so needs glibc 2.25, the contract allows 2.12; it comes from the build machine; and 12 more like it');
});

test('the reference: silent at its own floor, and below it the members that raise it', async () => {
  const bundle = await readReference();
  const [note = ''] = floorNotes(bundle);
  const [, own = ''] = /^linux-\w+: glibc (2\.\d+) or later, because of \S+$/.exec(note) ?? [];
  expect(floorsOverLimit(bundle, { glibc: own })).toEqual([]);
  const { distributions } = await surveyBaseline(await referenceBaseline(), { namespaces: [] });
  const blamed = (facts: ReturnType<typeof floorsOverLimit>) => facts.map(({ args }) => [args['member']?.split('.')[0], args['blame']]);
  expect(blamed(floorsOverLimit(bundle, { glibc: '2.27' }, distributions))).toContainEqual(['libpython3', 'the build machine']);
  const wheels = { ...bundle, nativeFiles: bundle.nativeFiles.filter(({ entry }) => /^tiktoken|^grpc/.test(entry)) };
  expect(blamed(floorsOverLimit(wheels, { glibc: '2.16' }, distributions))).toEqual([
    ['tiktoken/_tiktoken', 'tiktoken'], ['grpc/_cython/cygrpc', 'grpcio'],
  ]);
});

test('PyInstaller\'s own part, and macOS in a universal executable, whose members are named once', async () => {
  const bundle = await readReference();
  expect(floorsOverLimit({ ...bundle, nativeFiles: [] }, { glibc: '2.2' })).toMatchObject([
    { args: { member: 'the executable itself', blame: "PyInstaller's bootloader", origin: 'bootloader' } },
  ]);
  const universal = await readFrozen(`${bundlesFolder}darwin-universal`);
  expect(floorsOverLimit(universal, { macos: '99.0', glibc: '2.0' })).toEqual([]);
  const facts = floorsOverLimit(universal, { macos: '10.1' });
  expect(facts.length).toBeGreaterThan(0);
  expect(facts.map(({ kind }) => kind)).toEqual(facts.map(() => 'macos-floor'));
  expect(new Set(facts.map(({ args }) => args['member'])).size).toBe(facts.length);
});
