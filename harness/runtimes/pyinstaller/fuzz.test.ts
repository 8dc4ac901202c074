import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BundleError } from '../native/errors.ts';
import { buildBundles, synthesised } from './bundles.testing.ts';
import { fraction, mutate, mutation, target } from './mutations.testing.ts';
import { readBundle, readContents } from '../subject.ts';

// FROSTGATE_FUZZ_RUNS and FROSTGATE_FUZZ_SEED make it longer and other: 25,000 runs take some minutes.
const numRuns = Number(process.env['FROSTGATE_FUZZ_RUNS'] ?? 300);
const seed = Number(process.env['FROSTGATE_FUZZ_SEED'] ?? 20_261_121);

/** One small archive takes some milliseconds; a busy machine may hold it up. */
const limitMs = 5_000;
const limitBytes = 400_000_000;

let folder = '';
let files: Buffer[] = [];
beforeAll(async () => {
  await buildBundles();
  folder = await mkdtemp(join(tmpdir(), 'frostgate-fuzz-'));
  files = await Promise.all(synthesised.map((file) => readFile(file)));
}, 180_000);
afterAll(() => rm(folder, { recursive: true }));

/** Of this thread, which other test files have used before. */
const usedBytes = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

test(`${numRuns} mutated archives are read or refused in a sentence, in bounded time and memory`, async () => {
  const file = join(folder, 'subject');
  const outcomes = { read: 0, refused: 0 };
  const before = usedBytes();
  let peakBytes = 0;
  const picked = fc.integer({ min: 0, max: synthesised.length - 1 });
  const changes = fc.array(mutation, { minLength: 1, maxLength: 6 });
  await fc.assert(fc.asyncProperty(picked, picked, target, fraction, changes, async (subject, donor, where, which, mutations) => {
    await writeFile(file, mutate(files[subject] ?? Buffer.alloc(0), where, which, mutations, files[donor] ?? Buffer.alloc(0)));
    const started = performance.now();
    const found = await readBundle(file).catch((error: unknown) => {
      if (error instanceof BundleError) return error;
      throw error;
    });
    const bundle = found instanceof BundleError ? null : found;
    outcomes[bundle === null ? 'refused' : 'read'] += 1;
    expect(JSON.parse(JSON.stringify(bundle))).toStrictEqual(bundle);
    const oddities = found instanceof BundleError ? [{ sentence: found.message }] : found.oddities;
    for (const { sentence } of [...oddities, ...(await readContents(file)).problems]) expect(sentence).toMatch(/^[^\n]{20,800}$/);
    expect(performance.now() - started).toBeLessThan(limitMs);
    peakBytes = Math.max(peakBytes, usedBytes() - before);
  }), { numRuns, seed, endOnFailure: true });
  expect(outcomes.read).toBeGreaterThan(numRuns / 10);
  expect(outcomes.refused).toBeGreaterThan(numRuns / 10);
  expect(peakBytes).toBeLessThan(limitBytes);
}, 60_000 + numRuns * 100);
