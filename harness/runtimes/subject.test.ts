import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { platformId } from '../system/platform.ts';
import { buildBundles, bundlesFolder, costOf, referenceExecutable } from './pyinstaller/bundles.testing.ts';
import type { FrozenBundle } from './bundle.ts';
import { readBundle } from './subject.ts';

beforeAll(buildBundles, 180_000);

async function frozen(file: string): Promise<FrozenBundle> {
  const bundle = await readBundle(file);
  if (bundle.kind === 'opaque') throw new Error(`${file} was read as opaque`);
  return bundle;
}

describe('the reference executable', () => {
  test('is told in full', async () => {
    const bundle = await frozen(referenceExecutable());
    expect(bundle).toMatchObject({
      kind: 'one-file', producer: 'PyInstaller', platforms: [platformId()], generation: { from: '6.22.3' }, oddities: [],
      options: ['X utf8=1', 'pyi-contents-directory _internal'],
    });
    expect(bundle.generation).not.toHaveProperty('before');
    expect(bundle.scripts[0]).toStrictEqual({ name: 'pyiboot01_bootstrap', kind: 'bootstrap' });
    expect(bundle.scripts[1]).toStrictEqual({ name: 'sandbox_open', kind: 'runtime hook' });
    expect(new Set(bundle.scripts.slice(1, -1).map(({ kind }) => kind))).toStrictEqual(new Set(['runtime hook']));
    expect(bundle.scripts.at(-1)).toStrictEqual({ name: 'main', kind: 'entry' });
    expect(bundle.storedBytes).toBeGreaterThan(0.95 * bundle.sizeBytes);
    expect(bundle.extractedBytes).toBeGreaterThan(2 * bundle.storedBytes);
    expect(bundle).toStrictEqual(JSON.parse(JSON.stringify(bundle)));
  });

  test('takes less than 150 MB to list', async () => {
    const { result, cpuMs, peakBytes } = await costOf('../subject.ts', 'readBundle', referenceExecutable());
    expect(result).toBe('one-file');
    expect(cpuMs).toBeLessThan(3_000); // 500 ms on a quiet machine, the start of Node's TypeScript loader included
    expect(peakBytes).toBeLessThan(150_000_000);
  });

  test('its modules are of every kind and from everywhere', async () => {
    const { modules } = await frozen(referenceExecutable());
    const find = (name: string) =>
      modules.filter((module) => module.name === name).map(({ kind, origin, entry }) => ({ kind, origin, entry }));
    expect(find('agent_runner')).toStrictEqual([{ kind: 'package', origin: 'PYZ', entry: 'PYZ.pyz' }]);
    expect(find('agent_runner.tools.word_count')).toMatchObject([{ kind: 'module', origin: 'PYZ' }]);
    expect(find('google')).toMatchObject([{ kind: 'namespace package', origin: 'PYZ' }]);
    expect(find('encodings.utf_8')).toStrictEqual([{ kind: 'module', origin: 'base_library.zip', entry: 'base_library.zip' }]);
    expect(find('pyimod02_importers')).toMatchObject([{ kind: 'module', origin: 'bootstrap' }]);
    expect(find('grpc._cython.cygrpc')).toMatchObject([{ kind: 'extension module', origin: 'loose' }]);
    expect(find('_ssl')).toMatchObject([{ kind: 'extension module', origin: 'loose' }]);
    expect(find('temporalio.bridge.temporal_sdk_bridge')).toMatchObject([{ kind: 'extension module' }]);
  });

  test('its files have their roles', async () => {
    const { entries, nativeFiles, distributions } = await frozen(referenceExecutable());
    const roleOf = (name: string) => entries.find((entry) => entry.name === name)?.role;
    expect([
      'agent_runner/prompts/system.md', 'certifi/cacert.pem', 'base_library.zip', 'redis-8.1.0.dist-info/METADATA', 'PYZ.pyz', 'main',
    ].map(roleOf))
      .toStrictEqual(['data', 'data', 'base library', 'metadata', 'modules', 'script']);
    expect(nativeFiles.length).toBe(entries.filter(({ role }) => role === 'library' || role === 'extension module').length);
    expect(distributions.find(({ name }) => name === 'agent-runner')).toStrictEqual({
      name: 'agent-runner', version: '1.0.0', folder: 'agent_runner-1.0.0.dist-info', hasMetadata: true, hasRecord: false,
      entryPoints: [{ group: 'agent_runner.tools', name: 'word_count', target: 'agent_runner.tools.word_count:word_count' }],
    });
  });
});

describe('executables of other systems', () => {
  test.each([
    ['windows-amd64.exe', {
      format: 'PE', platforms: ['windows-amd64'], pythonLibrary: 'python311.dll',
      images: [{ needs: ['USER32.dll', 'KERNEL32.dll', 'ADVAPI32.dll'], subsystem: 'console' }],
    }],
    ['linux-arm64', {
      format: 'ELF', platforms: ['linux-arm64'],
      images: [{ platform: 'linux-arm64', interpreter: '/lib/ld-linux-aarch64.so.1', glibc: '2.17', versionNeeds: ['GLIBC_2.17'] }],
    }],
    ['darwin-arm64', {
      format: 'Mach-O', platforms: ['darwin-arm64'],
      images: [{ needs: ['/usr/lib/libSystem.B.dylib', '/usr/lib/libz.1.dylib'], minimumMacos: '11.0' }],
    }],
    ['darwin-amd64', { format: 'Mach-O', platforms: ['darwin-amd64'], images: [{ minimumMacos: '10.13' }] }],
    ['darwin-universal', {
      format: 'Mach-O', platforms: ['darwin-amd64', 'darwin-arm64'], images: [{ minimumMacos: '10.13' }, { minimumMacos: '11.0' }],
    }],
  ])('%s', async (name, expected) => {
    const bundle = await frozen(join(bundlesFolder, name));
    expect(bundle).toMatchObject({ kind: 'one-file', generation: { from: '6.22.3' }, oddities: [], ...expected });
    expect(bundle.modules.map((module) => `${module.name} ${module.kind} ${module.origin}`).sort()).toStrictEqual([
      'app package PYZ', 'app.m module PYZ', 'app.tool module loose', 'codecs module base_library.zip',
      'encodings package base_library.zip',
      'markupsafe._speedups extension module loose', 'ns namespace package PYZ', 'ns.inner module PYZ', 'struct module bootstrap',
    ]);
    expect(bundle.scripts).toStrictEqual([
      { name: 'pyiboot01_bootstrap', kind: 'bootstrap' }, { name: 'hook', kind: 'runtime hook' },
      { name: 'pyi_rth_inspect', kind: 'runtime hook' }, { name: 'main', kind: 'entry' },
    ]);
    expect(bundle.distributions).toStrictEqual([
      { name: 'MarkupSafe', version: '3.0.2', folder: 'MarkupSafe-3.0.2.dist-info', hasMetadata: true, hasRecord: true, entryPoints: [] },
    ]);
  });

  test.each([
    ['windows-amd64.exe', 'markupsafe/_speedups.cp311-win_amd64.pyd', [
      { needs: ['python311.dll', 'KERNEL32.dll', 'VCRUNTIME140.dll', 'api-ms-win-crt-runtime-l1-1-0.dll'] },
    ]],
    ['linux-arm64', 'markupsafe/_speedups.cpython-311-aarch64-linux-gnu.so', [{ needs: ['libpthread.so.0', 'libc.so.6'], glibc: '2.17' }]],
    ['darwin-universal', 'markupsafe/_speedups.cpython-311-darwin.so', [
      { platform: 'darwin-amd64', minimumMacos: '10.9' }, { platform: 'darwin-arm64', minimumMacos: '11.0' },
    ]],
  ])('%s has a real extension module', async (name, entry, images) => {
    const { nativeFiles } = await frozen(join(bundlesFolder, name));
    expect(nativeFiles.find((native) => native.entry === entry)).toMatchObject({ images });
  });

  test('links are told with their targets', async () => {
    expect((await frozen(join(bundlesFolder, 'linux-arm64'))).links).toStrictEqual([
      { name: 'libpython3.so', target: 'libpython3.11.so.1.0' }, { name: 'app/link.pem', target: '../certifi/cacert.pem' },
    ]);
  });
});

test.each([
  ['linux-386', { platforms: ['linux-386'], images: [{ glibc: '2.7', interpreter: '/lib/ld-linux.so.2' }] }],
  ['linux-s390x', { platforms: ['linux-s390x'], images: [{ interpreter: '/lib/ld64.so.1' }] }],
  ['linux-amd64-musl', {
    platforms: ['linux-amd64'], images: [{ interpreter: '/lib/ld-musl-x86_64.so.1', needs: ['libz.so.1', 'libc.musl-x86_64.so.1'] }],
  }],
])('%s: other word sizes, byte orders and C libraries', async (name, expected) => {
  expect(await frozen(join(bundlesFolder, name))).toMatchObject({ kind: 'one-file', oddities: [], ...expected });
});

test('an older PyInstaller is told from its bootloader', async () => {
  const bundle = await frozen(join(bundlesFolder, 'linux-amd64-5.13'));
  expect(bundle).toMatchObject({ generation: { before: '6.0' }, options: ['X utf8=1'], oddities: [] });
  expect(bundle.modules.find(({ name }) => name === 'math')).toMatchObject({ kind: 'extension module' });
});

test.each([
  ['one-dir/one-dir', { contentsFolder: '_internal', options: ['pyi-contents-directory _internal'] }],
  ['flat/flat', { contentsFolder: '.', options: [] }],
  ['beside/beside', { contentsFolder: 'files', archiveFile: join(bundlesFolder, 'beside/beside.pkg') }],
])('%s is one-dir', async (name, expected) => {
  const bundle = await frozen(join(bundlesFolder, name));
  expect(bundle).toMatchObject({ kind: 'one-dir', oddities: [], distributions: [{ name: 'PyYAML', hasRecord: true }], ...expected });
  expect(bundle.modules.find((module) => module.name === 'yaml._yaml')).toMatchObject({ kind: 'extension module', origin: 'loose' });
  expect(bundle.scripts.map((script) => script.kind)).toStrictEqual(['bootstrap', 'runtime hook', 'runtime hook', 'entry']);
});
