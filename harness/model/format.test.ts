import { expect, test } from 'vitest';
import { count, formatBytes, formatDuration, formatValue, someIds } from './format.ts';

test.for([
  [0, '0 ms'],
  [3.24, '3.2 ms'],
  [850.4, '850 ms'],
  [999.7, '1.00 s'],
  [1720, '1.72 s'],
  [9996, '10.0 s'],
  [43_500, '43.5 s'],
  [59_960, '1 min 0 s'],
  [200_000, '3 min 20 s'],
] as const)('%d ms is %s', ([durationMs, expected]) => {
  expect(formatDuration(durationMs)).toBe(expected);
});

test.for([
  [12, '12 bytes'],
  [12_300, '12.3 kB'],
  [999_960, '1 MB'],
  [77_600_000, '77.6 MB'],
  [8_330_000_000, '8.33 GB'],
] as const)('%d bytes are %s', ([bytes, expected]) => {
  expect(formatBytes(bytes)).toBe(expected);
});

test('values, counts and lists', () => {
  expect([
    formatValue(1.5, 's'), formatValue(5.25, '%'), formatValue(3), formatValue(3, 'handlers'),
  ]).toEqual(['1.50 s', '5.25 %', '3', '3 handlers']);
  expect([count(1, 'check'), count(2, 'check')]).toEqual(['1 check', '2 checks']);
  expect(someIds(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
});
