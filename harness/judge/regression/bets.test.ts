import { assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { afterBet, firstStakes, logBet, logMean } from './bets.ts';

const share = double({ min: 0.001, max: 3, noNaN: true });

test('a bet is fair: that of a difference and that of its opposite sum up to 2', () => {
  assert(property(double({ min: -5, max: 5, noNaN: true }), share, share, (z, effect, sd) => {
    expect(Math.exp(logBet(z, effect, sd)) + Math.exp(logBet(-z, effect, sd))).toBeCloseTo(2, 10);
  }));
});

test('a bet at most doubles, and one wild difference takes hardly anything', () => {
  assert(property(double({ min: -5, max: 5, noNaN: true }), share, share, (z, effect, sd) => {
    expect(logBet(z, effect, sd)).toBeLessThanOrEqual(Math.LN2);
  }));
  expect(Math.exp(logBet(-1000, 0.05, 0.04))).toBeCloseTo(1, 3);
});

test('a mean of logarithms is that of the numbers, also of those that no double holds', () => {
  expect(logMean([Math.log(1), Math.log(3)])).toBeCloseTo(Math.log(2), 12);
  expect(logMean([-2000, -2000])).toBe(-2000);
  expect(logMean([2000, 0]).toFixed(3)).toBe((2000 - Math.LN2).toFixed(3));
});

test('stakes grow by every bet, each by its own multiple', () => {
  const twice = afterBet(afterBet(firstStakes, 0.1, 0.05, 0.04), 0.1, 0.05, 0.04);
  expect(twice).toEqual([1, 1.7, 3].map((multiple) => 2 * logBet(0.1, multiple * 0.05, 0.04)));
});
