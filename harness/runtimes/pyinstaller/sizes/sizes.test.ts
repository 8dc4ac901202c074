import { expect, test } from 'vitest';
import { contentsOf } from '../../../run/inspect/contents.ts';
import { sampleBundle, sampleDistribution, sampleEntry, sampleModule } from '../../../run/inspect/sample.testing.ts';
import { sizesByDistribution } from './sizes.ts';

/** Who owns one module of a bundle that holds these distributions' metadata, and these other modules. */
function ownerOf(module: string, distributions: readonly ReturnType<typeof sampleDistribution>[], others: readonly string[] = []): string {
  const modules = [sampleModule(module, 1000), ...others.map((name) => sampleModule(name, 1))];
  const [{ name, version } = { name: '' }] = sizesByDistribution(sampleBundle({ entries: [], modules, distributions }));
  return version === undefined ? name : `${name} ${version}`;
}

const metadata = sampleDistribution;

test.each([
  ['the package of its own name', 'redis.client', [metadata('redis', '8.1.0')], [], 'redis 8.1.0'],
  ['with other signs between its words', 'typing_extensions', [metadata('Typing.Extensions', '4.1')], [], 'Typing.Extensions 4.1'],
  ['the package below a namespace', 'google.cloud.storage.blob', [
    metadata('google-cloud-storage', '2.0'), metadata('google-cloud-core', '1.0'),
  ], ['google.cloud.core'], 'google-cloud-storage 2.0'],
  ['what it is known to be imported as', 'yaml.nodes', [metadata('PyYAML', '6.0')], [], 'PyYAML 6.0'],
  ['where its entry points lead', 'agent.worker', [metadata('my-company-agent', '1.0', ['agent.main:run'])], [], 'my-company-agent 1.0'],
  ['nothing where two lead there', 'agent.worker', [
    metadata('one', '1.0', ['agent.a:run']), metadata('two', '1.0', ['agent.b:run']),
  ], [], 'agent'],
  ['nothing of another distribution by its entry points', 'redis.client', [
    metadata('redis', '8.1.0'), metadata('plugin', '1.0', ['redis.plugin:x']),
  ], [], 'redis 8.1.0'],
  ['nothing of Python by its entry points', 'asyncio.tasks', [metadata('plugin', '1.0', ['asyncio:run'])], [], 'Python'],
  ['not what merely begins with its name', 'langgraph_sdk.client', [metadata('langgraph', '1.0')], ['langgraph.graph'], 'langgraph_sdk'],
  ['a backport of Python by its name', 'dataclasses', [metadata('dataclasses', '0.8')], [], 'dataclasses 0.8'],
  ['nothing without metadata', 'yaml.nodes', [], [], 'yaml'],
  ['nothing of how Python was built', '_sysconfigdata__linux_x86_64-linux-gnu', [], [], 'Python'],
])('a distribution owns %s', (_what, module, distributions, others, owner) => {
  expect(ownerOf(module, distributions, others)).toBe(owner);
});

test('files belong to the distribution of their folder, their metadata or their library folder', () => {
  const entries = [
    sampleEntry('redis/data.json', 'data', 1, 5),
    sampleEntry('redis.libs/libx.so', 'library', 2, 6),
    sampleEntry('redis-8.1.0.dist-info/METADATA', 'metadata', 4, 7),
    sampleEntry('libz.so.1', 'library', 8),
    sampleEntry('lib-dynload/_ssl.so', 'extension module', 16),
    sampleEntry('python3.13/lib-dynload/_ssl.so', 'extension module', 32),
    sampleEntry('numpy/core/x.so', 'extension module', 64, 100),
    sampleEntry('X utf8=1', 'option', 999),
  ];
  const sizes = sizesByDistribution(sampleBundle({ entries, modules: [sampleModule('redis', 128)] }));
  expect(sizes).toEqual([
    { name: 'redis', version: '8.1.0', storedBytes: 135, extractedBytes: 18 },
    { name: 'numpy', storedBytes: 64, extractedBytes: 100 },
    { name: 'Python', storedBytes: 32, extractedBytes: 32 },
    { name: 'lib-dynload', storedBytes: 16, extractedBytes: 16 },
    { name: 'shared libraries', storedBytes: 8, extractedBytes: 8 },
  ]);
});

test('contents are bounded: 300 distributions and the others, short names without control characters', () => {
  const many = Array.from({ length: 1000 }, (_, index) => sampleModule(`m${index}`, 1000 - index));
  const { sizes } = contentsOf(sampleBundle({ entries: [], modules: many }));
  expect(sizes).toHaveLength(301);
  expect(sizes.at(-1)).toEqual({ name: '700 others', storedBytes: (700 * 701) / 2, extractedBytes: 0 });
  const nasty = `\u001B[2J\u202E\n${'x'.repeat(70_000)}`;
  const [size] = contentsOf(
    sampleBundle({ entries: [], modules: [sampleModule('redis', 1)], distributions: [sampleDistribution('redis', nasty)] }),
  ).sizes;
  expect(size?.version).toBe(`${'x'.repeat(100)}…`);
});

test('contents count what a start writes', () => {
  expect(contentsOf(sampleBundle())).toMatchObject({
    kind: 'one-file', pythonVersion: '3.13', modules: 4, nativeFiles: 0, extractedFiles: 5, extractedBytes: 65_209_000,
  });
});
