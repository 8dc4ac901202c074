import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Entry, FrozenBundle, NativeFile } from '../../bundle.ts';
import { bundlesFolder } from '../bundles.testing.ts';
import type { NativeImage } from '../../native/native-image.ts';
import { bundleOf } from './bundle.testing.ts';
import { hintsOf } from './hints.ts';
import { readFrozen } from './real-bundles.testing.ts';

type Library = readonly [name: string, sizeBytes: number, image?: Partial<NativeImage>];

/** A bundle with these native files. */
function libraries(format: NativeFile['format'], files: readonly Library[], more: Partial<FrozenBundle> = {}): FrozenBundle {
  const entries = files.map(([name, sizeBytes]): Entry => (
    {
      name, role: /\.(?:pyd|cpython\S*)$/.test(name) ? 'extension module' : 'library', typeCode: 'b', storedBytes: 1, sizeBytes,
      compressed: true, offset: 0,
    }));
  const nativeFiles = files.map(
    ([entry, , image]): NativeFile => ({ entry, format, images: [{ platform: 'linux-amd64', needs: [], ...image }] }),
  );
  return bundleOf([], [], { format, entries, nativeFiles, ...more });
}

const told = (bundle: FrozenBundle) => hintsOf(bundle).map(({ kind, line }) => [kind, line]);

describe('libraries', () => {
  test('two of one name, of which one is where every loader looks first', () => {
    expect(told(libraries(
      'ELF', [['libcrypto.so.3', 5_000_000], ['mysql/libcrypto.so.3', 4_000_000], ['a.libs/libz.so.1', 1], ['b.libs/libz.so.1', 2]],
    ))).toEqual([
      ['colliding-library', '2 different libraries are called libcrypto.so.3: libcrypto.so.3 (5 MB), mysql/libcrypto.so.3 (4 MB)'],
    ]);
    expect(
      told(libraries('PE', [['libcrypto-3.dll', 1000], ['Qt/bin/LIBCRYPTO-3.dll', 2000]])),
    ).toMatchObject([['colliding-library', expect.stringContaining('libcrypto-3.dll')]]);
  });

  test.each<[string, NativeFile['format'], Library[]]>([
    ['a copy', 'ELF', [['libz.so.1', 1], ['a/libz.so.1', 1]]],
    ['what a wheel has tagged', 'ELF', [
      ['libgfortran-040039e1-0352e75f.so.5.0.0', 1], ['numpy.libs/libgfortran-040039e1-0352e75f.so.5.0.0', 2],
    ]],
    ['another version', 'ELF', [['libssl.so.3', 1], ['a/libssl.so.1.1', 2]]],
    ['a module of another package', 'ELF', [
      ['_speedups.cpython-311-x86_64-linux-gnu', 1], ['a/_speedups.cpython-311-x86_64-linux-gnu', 2],
    ]],
    ['paths of macOS', 'Mach-O', [['libz.1.dylib', 1], ['a/.dylibs/libz.1.dylib', 2]]],
  ])('%s is no collision', (_name, format, files) => {
    expect(told(libraries(format, files))).toEqual([]);
  });

  test('what Windows does not have and nobody brought', () => {
    const needs = ['KERNEL32.dll', 'VCRUNTIME140.dll', 'python313.dll', 'python3.dll'];
    const python: Library = ['PYTHON313.DLL', 1, { needs: ['VCRUNTIME140.dll'] }];
    expect(told(libraries('PE', [python, ['a.pyd', 1, { needs }]]))).toEqual([['missing-runtime-library', 'PYTHON313.DLL needs ' +
      'VCRUNTIME140.dll, which is not inside']]);
    expect(told(libraries('PE', [python, ['a.pyd', 1, { needs }], ['vcruntime140.dll', 1]]))).toEqual([]);
  });

  test('what UPX packed for Windows', () => {
    expect(told(libraries('PE', [['a.dll', 1, { packer: 'UPX' }], ['b.dll', 1]]))).toEqual([['packed-library', 'a.dll is packed by UPX']]);
  });
});

describe('options', () => {
  test.each([
    [['pyi-bootloader-ignore-signals'], ['ignored-signals', 'the option pyi-bootloader-ignore-signals is baked in']],
    [['pyi-runtime-tmpdir /tmp/agent'], ['fixed-folder', 'the option pyi-runtime-tmpdir /tmp/agent is baked in']],
    [['O'], ['no-asserts', 'the option -O is baked in']],
    [['O', 'O'], ['no-asserts', 'the option -OO is baked in']],
  ])('%j', (options, hint) => {
    expect(told(bundleOf([], [], { options }))).toEqual([hint]);
  });

  test('those that do no harm', () => {
    expect(
      told(bundleOf([], [], { options: ['u', 'X utf8=1', 'W ignore', 'pyi-contents-directory _internal', 'hash_seed=0', 'v'] })),
    ).toEqual([]);
  });

  test('a program for Windows without a console', () => {
    const images = [{ platform: 'windows-amd64', needs: [], subsystem: 'windowed' } as const];
    expect(told(bundleOf([], [], { format: 'PE', images }))).toEqual([['no-console', 'the executable asks Windows for no console']]);
  });
});

test('certifi without its file', () => {
  expect(told(bundleOf(['certifi/', 'certifi.core']))).toEqual([['missing-ca-bundle', 'the module certifi is inside, ' +
    'certifi/cacert.pem is not']]);
  expect(told(bundleOf(['certifi/'], ['certifi/cacert.pem']))).toEqual([]);
});

describe('advisories', () => {
  const ids = (more: Partial<FrozenBundle>) => hintsOf(bundleOf([], [], more)).map(({ args }) => args['advisory']);

  test('are told where the release is proven to be old enough, and of what they are about', () => {
    expect(ids({ generation: { before: '6.0' } })).toEqual(['CVE-2025-59042', 'GHSA-9fxf-4qw3-ghmr']);
    expect(ids({ generation: { from: '6.12', before: '6.16' } })).toEqual(['GHSA-9fxf-4qw3-ghmr']);
    expect(ids({ generation: { before: '6.0' }, format: 'PE', kind: 'one-dir' })).toEqual([]);
    expect(ids({ generation: { from: '6.22.1', before: '6.22.3' } })).toEqual([]);
    expect(ids({ generation: { from: '6.16' } })).toEqual([]);
    expect(ids({ generation: {} })).toEqual([]);
  });
});

describe('real bundles', () => {
  test.each(['one-file', join('one-dir', 'one-dir'), 'linux-arm64', 'darwin-universal'])('%s: nothing', async (name) => {
    expect(told(await readFrozen(join(bundlesFolder, name)))).toEqual([]);
  });

  test.each([
    ['linux-amd64-5.13', [['old-freezer', 'made by a PyInstaller before 6.0; CVE-2025-59042 applies before 6.0'], [
      'old-freezer', 'made by a PyInstaller before 6.0; GHSA-9fxf-4qw3-ghmr applies before 6.22.1',
    ]]],
    ['windows-amd64.exe', [['missing-runtime-library', 'markupsafe/_speedups.cp311-win_amd64.pyd needs VCRUNTIME140.dll, which is not ' +
      'inside']]],
  ])('%s', async (name, hints) => {
    expect(told(await readFrozen(join(bundlesFolder, name)))).toEqual(hints);
  });
});
