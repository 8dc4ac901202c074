import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const harness = fileURLToPath(new URL('../../', import.meta.url));
const measuring = ['stage/regression', 'judge/regression', 'system/cost', 'system/cpu', 'temporal/ready.ts'];

// NTP and people set the clock of the day while pairs run: what a decision rests on is measured by performance.now() and the kernel's
// own counts, which nobody sets.
test('nothing that a decision rests on reads a clock that may step', () => {
  const files = measuring.flatMap((place) => (
    place.endsWith('.ts') ? [place] : globSync(`${place}/**/*.ts`, { cwd: harness }).filter((file) => !/\.test(?:ing)?\.ts$/.test(file))
  ));
  expect(files.length).toBeGreaterThan(20);
  const reading = files.filter((file) => /\bDate\b|atEpochMs|birthtime|mtime/.test(readFileSync(`${harness}${file}`, 'utf8')));
  expect(reading).toEqual([]);
});
