import { expect, test } from 'vitest';
import { wilsonInterval } from './proportion.ts';

// Reference values: R 4, binom::binom.wilson (x, n).
test.each([
  [0, 10, 0, 0.2775], [1, 10, 0.0179, 0.4042], [5, 50, 0.0435, 0.2136], [10, 10, 0.7225, 1],
])('%i of %i', (bad, count, low, high) => {
  const interval = wilsonInterval(bad, count);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});
