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

test('what a pair wins does not follow from a noise that it is part of', () => {
  const differences = [0.01, -0.03, 0.02, -0.01, 0.04];
  const evidenceOf = (last: number) => {
    const decided = sequentialTest({ d1: 0.05, alpha: 0.0005, beta: 0.03 });
    for (const one of [...differences, last]) decided.add(Math.exp(one), 1);
    return decided.summary().evidenceFail;
  };
  const before = (evidenceOf(0.2) + evidenceOf(-0.2)) / 2;
  // The bets of a difference and of its opposite are fair only if both expected the same noise: their mean is what was there before.
  expect((evidenceOf(0.05) + evidenceOf(-0.05)) / 2).toBeCloseTo(before, 10);
  expect(evidenceOf(0)).toBeCloseTo(before, 10);
});
