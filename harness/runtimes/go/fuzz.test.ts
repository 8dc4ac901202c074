import { readFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { inMemory } from '../native/byte-source.ts';
import { orDamage } from '../native/errors.ts';
import { changed, fraction, mutation } from '../pyinstaller/mutations.testing.ts';
import { readGoBuildInfo } from './build-info.ts';
import { describeGoBuild, goRows } from './go.ts';
import { buildPrograms, programFile, withoutGo } from './programs.testing.ts';
import { framed, infoStart, withPointers } from './surgery.testing.ts';

// As in ../pyinstaller/fuzz.test.ts.
const numRuns = Number(process.env['FROSTGATE_FUZZ_RUNS'] ?? 300);
const seed = Number(process.env['FROSTGATE_FUZZ_SEED'] ?? 20_261_127);
const limitMs = 5_000;

let programs: { readonly bytes: Buffer; readonly start: number }[] = [];
beforeAll(async () => {
  await buildPrograms();
  if (withoutGo[0]) return;
  const files = await Promise.all((['linux-amd64', 'darwin-arm64', 'windows-amd64.exe', 'greeter', 'tagged'] as const)
    .map((name) => readFile(programFile(name))));
  const modules = framed('path\texample.com/worker\nbuild\tCGO_ENABLED=0\n');
  const older = await Promise.all(files.slice(0, 3).map((file) => withPointers(file, 'go1.17.13', modules, 8, 'little')));
  programs = await Promise.all([...files, ...older].map(async (bytes) => ({ bytes, start: await infoStart(bytes) })));
}, 180_000);

test(`${numRuns} mutated programs are read or refused in a sentence, in bounded time`, async ({ skip }) => {
  skip(...withoutGo);
  const outcomes = { read: 0, nothing: 0, refused: 0 };
  const changes = fc.array(mutation, { minLength: 1, maxLength: 6 });
  const places = fc.constantFrom('anywhere', 'headers', 'start of the info', 'info');
  await fc.assert(fc.asyncProperty(fraction, places, changes, async (which, place, mutations) => {
    const { bytes, start } = programs[Math.floor(which * programs.length)] ?? { bytes: Buffer.alloc(0), start: 0 };
    const [from, end] = {
      anywhere: [0, bytes.length], headers: [0, 4_096], 'start of the info': [start, start + 64], info: [start, start + 1_024],
    }[place];
    const mutated = Buffer.concat([bytes.subarray(0, from), changed(bytes.subarray(from, end), mutations, bytes), bytes.subarray(end)]);
    const started = performance.now();
    const read = await orDamage(() => readGoBuildInfo(inMemory(mutated)));
    const build = 'value' in read ? read.value : undefined;
    expect('damage' in read ? read.damage : 'nothing speaks against it').toMatch(/^[^\n]{20,800}$/);
    expect(JSON.parse(JSON.stringify(build ?? null))).toStrictEqual(build ?? null);
    expect(build === undefined ? 'Go ' : describeGoBuild(build)).toMatch(/^Go /);
    expect(build === undefined ? 2 : goRows(build).length).toBeGreaterThan(1);
    outcomes['damage' in read ? 'refused' : build === undefined ? 'nothing' : 'read'] += 1;
    expect(performance.now() - started).toBeLessThan(limitMs);
  }), { numRuns, seed, endOnFailure: true });
  for (const times of Object.values(outcomes)) expect(times).toBeGreaterThan(numRuns / 20);
}, 60_000 + numRuns * 100);
