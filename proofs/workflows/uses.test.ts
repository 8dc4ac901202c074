import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Runner } from './run-script.ts';
import { perform } from './uses.ts';
import { newWorld, type World } from './world.ts';

const pinned = (name: string) => `${name}@${'a'.repeat(40)}`;
const testResult = 'https://in-toto.io/attestation/test-result/v0.1';
const sha256 = createHash('sha256').update('binary').digest('hex');
let world: World;
let runner: Runner;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'frostgate-uses-'));
  const repository = { folder: join(folder, 'repository'), commit: 'c'.repeat(40), built: folder };
  world = newWorld({
    folder, repository, programs: folder, replaces: () => undefined, before: () => undefined, signal: new AbortController().signal,
  });
  runner = { workspace: join(folder, 'workspace'), temp: folder, platform: 'linux-amd64', timeoutMs: 1000, env: {}, path: [] };
  await mkdir(join(runner.workspace, 'dist'), { recursive: true });
  await writeFile(join(runner.workspace, 'dist/agent'), 'binary');
  await writeFile(
    join(runner.workspace, 'good.json'), JSON.stringify({ result: 'PASSED', configuration: [{ name: 'x', digest: { sha256 } }] }),
  );
  await writeFile(join(runner.workspace, 'bad.json'), JSON.stringify({ result: 'GREEN', configuration: [] }));
  await writeFile(join(runner.workspace, 'cut.json'), '{"result": "PAS');
  await writeFile(join(runner.workspace, 'SHA256SUMS'), `${sha256}  agent\n${'0'.repeat(64)} *other\n`);
});
afterEach(async () => await rm(world.folder, { recursive: true }));

const attest = async (inputs: Record<string, string>) => await perform(pinned('actions/attest'), { world, runner, inputs });

test('an attestation is bound to the bytes of its subjects', async () => {
  await attest({ 'subject-path': 'dist/*', 'predicate-type': testResult, 'predicate-path': 'good.json' });
  await attest({ 'subject-checksums': 'SHA256SUMS' });
  expect(world.attestations).toEqual([
    { predicateType: testResult, subjects: [sha256], predicate: { result: 'PASSED', configuration: [{ name: 'x', digest: { sha256 } }] } },
    { predicateType: 'https://slsa.dev/provenance/v1', subjects: [sha256, '0'.repeat(64)], predicate: {} },
  ]);
});

test.each([
  ['a subject that is not there', {
    'subject-path': 'none/*', 'predicate-type': testResult, 'predicate-path': 'good.json',
  }, 'no subject was found: none/*'],
  ['a type that is not known', {
    'subject-path': 'dist/*', 'predicate-type': 'https://example.invalid/v1', 'predicate-path': 'good.json',
  }, 'a predicate needs a type that is known'],
  ['a predicate that is not there', {
    'subject-path': 'dist/*', 'predicate-type': testResult, 'predicate-path': 'none.json',
  }, 'got "https://in-toto.io/attestation/test-result/v0.1" and "none.json"'],
  ['a type without a predicate', { 'subject-path': 'dist/*', 'predicate-type': testResult }, 'a predicate needs a type that is known'],
  ['a predicate of another form', { 'subject-path': 'dist/*', 'predicate-type': testResult, 'predicate-path': 'bad.json' }, 'result'],
  ['a predicate that is cut off', { 'subject-path': 'dist/*', 'predicate-type': testResult, 'predicate-path': 'cut.json' }, 'JSON'],
])('%s is not signed', async (_, inputs, message) => {
  await expect(attest(inputs)).rejects.toThrow(message);
  expect(world.attestations).toEqual([]);
});

test.each([
  [{}, 'persist-credentials: false'],
  [{ 'persist-credentials': 'false', repository: 'other/repository' }, 'unexpected checkout of "other/repository"'],
  [{ 'persist-credentials': 'false', ref: 'main' }, `a checkout of main, but the run is about ${'c'.repeat(40)}`],
])('a checkout with %o fails', async (inputs, message) => {
  await expect(perform(pinned('actions/checkout'), { world, runner, inputs })).rejects.toThrow(message);
});
