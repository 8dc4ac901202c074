import { array, assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { expectedSd } from './scale.ts';
import { sequentialTest } from './sequential-test.ts';

test('before any pair it is what is assumed', () => {
  expect(expectedSd([], 0.02)).toBe(0.02);
});

test('fewer than four pairs count by their size, more by how far they are from their median', () => {
  const weighed = (pairs: number, seen: number) => Math.sqrt((4 * 0.05 ** 2 + pairs * (1.4826 * seen) ** 2) / (4 + pairs));
  expect(expectedSd([0.1, -0.3], 0.05)).toBeCloseTo(weighed(2, 0.2), 12);
  expect(expectedSd([0.1, 0.2, 0.3, 0.4, 0.9], 0.05)).toBeCloseTo(weighed(5, 0.1), 12);
});

test('noise below 0.4 % is not believed', () => {
  expect(expectedSd(Array.from({ length: 1000 }, () => 0.1), 0.001)).toBe(0.004);
});

/** The evidence of a regression after these differences. */
function evidenceOf(differences: readonly number[]): number {
  const decided = sequentialTest({ d1: 0.05, alpha: 0.0005, beta: 0.03 });
  for (const one of differences) decided.add(Math.exp(one), 1);
  return decided.summary().evidenceFail;
}

test('what a pair wins does not follow from a noise that it is part of', () => {
  const difference = integer({ min: -50, max: 50 }).map((thousandths) => thousandths / 1000);
  assert(property(array(difference, { minLength: 1, maxLength: 5 }), difference, (earlier, last) => {
    // Only where a difference and its opposite met the same noise are their bets fair: one wins what the other loses.
    const [before, after, opposite] = [earlier, [...earlier, last], [...earlier, -last]].map(evidenceOf);
    expect(((after ?? 0) + (opposite ?? 0)) / 2 / (before ?? 0)).toBeCloseTo(1, 9);
  }));
});
