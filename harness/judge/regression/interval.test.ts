import { expect, test } from 'vitest';
import { intervalOf } from './interval.ts';

const noise = [0.010, -0.020, 0.015, 0.002, -0.011, 0.021, -0.004, 0.008, -0.016, 0.001];
const unit = Math.log(1.05);
const steps = (differences: readonly number[]) => differences.map((difference) => ({ difference, sd: 0.02 }));

test('five pairs speak against nothing', () => {
  expect(intervalOf(steps(noise.slice(0, 5)), unit, 0.05)).toEqual([-Infinity, Infinity]);
  expect(intervalOf([], unit, 0.05)).toEqual([-Infinity, Infinity]);
});

test('it lies around the median, moves with the pairs, and gets narrower', () => {
  const [low, high] = intervalOf(steps(noise), unit, 0.05);
  expect([low, high].map((one) => one.toFixed(3))).toEqual(['-0.016', '0.017']);
  const [movedLow, movedHigh] = intervalOf(steps(noise.map((one) => one + 0.3)), unit, 0.05);
  expect([movedLow - 0.3, movedHigh - 0.3].map((one) => one.toFixed(3))).toEqual([low, high].map((one) => one.toFixed(3)));
  const [longLow, longHigh] = intervalOf(steps([...noise, ...noise, ...noise]), unit, 0.05);
  expect(longHigh - longLow).toBeLessThan((high - low) / 1.5);
});
