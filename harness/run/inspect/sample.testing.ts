import type { Distribution, Entry, FrozenBundle, Module } from '../../runtimes/bundle.ts';

/** An entry of a planted bundle. */
export function sampleEntry(name: string, role: Entry['role'], storedBytes: number, sizeBytes = storedBytes): Entry {
  return { name, role, typeCode: 'x', storedBytes, sizeBytes, compressed: true, offset: 0 };
}

/** A module of its archive. */
export function sampleModule(name: string, storedBytes: number): Module {
  return { name, kind: 'module', origin: 'PYZ', entry: 'PYZ.pyz', offset: 0, storedBytes };
}

/** A distribution whose metadata it holds; `targets` are those of its entry points. */
export function sampleDistribution(name: string, version: string, targets: readonly string[] = []): Distribution {
  const folder = `${name.replaceAll('-', '_')}-${version}.dist-info`;
  return { name, version, folder, hasMetadata: true, hasRecord: false, entryPoints: targets.map(
    (target) => ({ group: 'group', name: 'name', target }),
  ) };
}

/** A one-file bundle for tests alone, the same each time. */
export function sampleBundle(more: Partial<FrozenBundle> = {}): FrozenBundle {
  const entries = [
    sampleEntry('libpython3.13.so.1.0', 'library', 9_000_000, 31_000_000),
    sampleEntry('base_library.zip', 'base library', 1_200_000),
    sampleEntry('main', 'script', 3000),
    sampleEntry('libssl.so.3', 'library', 1_400_000, 3_000_000),
    sampleEntry('PYZ.pyz', 'modules', 4_000_000),
    sampleEntry('temporalio/bridge/temporal_sdk_bridge.abi3.so', 'extension module', 9_500_000, 30_000_000),
    sampleEntry('redis-8.1.0.dist-info/METADATA', 'metadata', 4000, 9000),
  ];
  return {
    kind: 'one-file',
    file: 'dist/agent-runner',
    sizeBytes: 28_400_000,
    format: 'ELF',
    platforms: ['linux-amd64'],
    images: [{ platform: 'linux-amd64', needs: ['libc.so.6'], glibc: '2.28' }],
    oddities: [],
    producer: 'PyInstaller',
    generation: { from: '6.12' },
    pythonVersion: '3.13',
    pythonLibrary: 'libpython3.13.so.1.0',
    archiveFile: 'dist/agent-runner',
    entries,
    modules: [sampleModule(
      'temporalio.worker', 1_900_000,
    ), sampleModule('redis.client', 900_000), sampleModule('yaml', 700_000), sampleModule('asyncio', 500_000)],
    distributions: [sampleDistribution('redis', '8.1.0')],
    nativeFiles: [],
    links: [],
    scripts: [{ name: 'main', kind: 'entry' }],
    options: [],
    storedBytes: entries.reduce((sum, { storedBytes }) => sum + storedBytes, 0),
    extractedBytes: 65_209_000,
    ...more,
  };
}
