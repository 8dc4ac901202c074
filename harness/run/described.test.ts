import { expect, test } from 'vitest';
import { busyMs } from './described.ts';

test('overlapping launches are counted once, gaps not at all', () => {
  const launch = (startMs: number, endMs: number) => ({ variant: 'subject' as const, startMs, endMs });
  expect(busyMs([launch(10, 20), launch(0, 12), launch(15, 18), launch(30, 31)])).toBe(21);
  expect(busyMs([])).toBe(0);
});
