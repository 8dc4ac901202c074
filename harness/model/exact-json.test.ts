import { assert, bigInt, property } from 'fast-check';
import { expect, test } from 'vitest';
import { exactText, keepDigits, writable } from './exact-json.ts';

const parseExact = (text: string): unknown => JSON.parse(text, keepDigits);

test('an integer keeps every digit, there and back', () => {
  assert(property(bigInt(-(2n ** 80n), 2n ** 80n), (number) => {
    const text = `{"a":[${number}]}`;
    expect([exactText(parseExact(text)), JSON.stringify(writable(parseExact(text)))]).toEqual([text, text]);
  }));
  expect(parseExact('[9007199254740993, 1, 1.5, 1e300, "9007199254740993"]')).toEqual(
    [9_007_199_254_740_993n, 1, 1.5, 1e300, '9007199254740993'],
  );
});

test('keys of objects are keys, whatever they are called', () => {
  const text = '{"__proto__":{"x":1},"constructor":null}';
  expect(exactText(parseExact(text))).toBe(text);
  expect(JSON.stringify(writable(parseExact(text)))).toBe(text);
});
