import { expect, test } from 'vitest';
import { exampleText, smallText } from './example.testing.ts';
import { leftOut } from './left-out.ts';
import { parseContract } from './load.ts';

const here = { system: 'linux', hasBaseline: true, isForeignServer: false };
const left = (text: string, more: Partial<typeof here> = {}): string[] =>
  [...leftOut(parseContract(text, 'worker-contract.yaml'), { ...here, ...more })].toSorted();

test('a contract that promises everything leaves out only what it shows nowhere', () => {
  expect(left(exampleText)).toEqual([
    'environment.MAX_CONCURRENCY.default', 'environment.MAX_CONCURRENCY.honoured', 'environment.MODE.default', 'environment.MODE.honoured',
    'environment.tls', 'execution.failure', 'registration.deployment', 'upgrade.versioned',
  ]);
});

test('what a platform has no word for in the contract is left out there', () => {
  expect(left(exampleText, { system: 'windows' })).toContain('bundle.native-floor');
  expect(left(exampleText, { system: 'darwin' })).toContain('bundle.native-floor');
  expect(left(exampleText.replace('glibc: "2.28"', 'macos: "12.0"'), { system: 'darwin' })).not.toContain('bundle.native-floor');
});

test('the least contract leaves out what it says nothing of', () => {
  expect(left(smallText, { hasBaseline: false })).toEqual([
    'artifact.help', 'artifact.version', 'bundle.native-floor', 'bundle.python', 'environment.tls', 'execution.concurrent',
    'execution.failure', 'execution.requests', 'performance.throughput', 'performance.version', 'registration.deployment',
    'registration.sdk', 'shutdown.deregistration', ...['again', 'in-flight'].flatMap((moment) => ['sigint', 'sigterm'].map((signal) => (
      `shutdown.${signal}.parent.${moment}`))).toSorted(), 'upgrade.versioned',
  ]);
});

test('how a worker comes to its server is judged where the contract says so, on a server of ours', () => {
  const text = smallText.replace('{ address: TEMPORAL_ADDRESS }', '{ address: TEMPORAL_ADDRESS, tls: true }');
  expect(left(text)).not.toContain('environment.tls');
  expect(left(text, { isForeignServer: true })).toContain('environment.tls');
});

test("on somebody else's server nothing is tried that might lead a worker to tasks that are not ours", () => {
  const text = exampleText.replace('  MODE: ', '  TEMPORAL_NAMESPACE: { default: default, reaches: poller.namespace }\n  MODE: ');
  expect(left(text)).not.toContain('environment.TEMPORAL_NAMESPACE.default');
  expect(left(text, { isForeignServer: true })).toContain('environment.TEMPORAL_NAMESPACE.default');
});
