import { expect, test } from 'vitest';
import { sampleBundle, sampleModule } from './inspect/sample.testing.ts';
import { moduleSetOf } from './module-set.ts';

const bundle = sampleBundle({ modules: [sampleModule('b', 1), sampleModule('a.c', 1), sampleModule('a', 1)] });

test('what the source had loaded, else what the executable holds, else nothing; each name once, in order', () => {
  expect(moduleSetOf(['z', 'b', 'z', 'a'], bundle)).toEqual({ from: 'baseline', names: 'a b z' });
  expect(moduleSetOf(undefined, bundle)).toEqual({ from: 'archive', names: 'a a.c b' });
  expect(moduleSetOf(undefined, undefined)).toBeUndefined();
});

test('3,000 modules take less than 100 kB, and so do more', () => {
  const many = (number: number) => Array.from({ length: number }, (_, index) => `some_library.package_${index % 40}.module_${index}`);
  expect(moduleSetOf(many(2_500), undefined)?.omitted).toBeUndefined();
  const set = moduleSetOf(many(30_000), undefined);
  expect(Buffer.byteLength(JSON.stringify(set))).toBeLessThan(100_100);
  expect((set?.omitted ?? 0) + (set?.names.split(' ').length ?? 0)).toBe(30_000);
});
