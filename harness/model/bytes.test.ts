import { expect, test } from 'vitest';
import { bytesIn, isBase64, written } from './bytes.ts';

test('bytes of every length are written and read again', () => {
  for (const length of [0, 1, 2, 3, 4, 255]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + 200) % 256);
    expect(bytesIn(written(bytes))).toEqual(bytes);
    expect(bytesIn({ $base64: written(bytes).$base64.replaceAll('=', '') })).toEqual(bytes);
  }
});

test.each([[{ $base64: 'A' }], [{ $base64: 'AA==', b: 1 }], [{ $base64: 1 }], [{}], ['AA=='], [null],
  [{ $base64: 'A-_A' }]])('none are %j', (value) => {
  expect(bytesIn(value)).toBeUndefined();
  expect(isBase64('AA==')).toBe(true);
});
