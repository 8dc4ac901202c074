import { expect, test } from 'vitest';
import { cut, padded, widest, wrapped } from './width.ts';

test('lines break at blanks and keep their indentation; long words stay whole', () => {
  expect(wrapped('one two three\n  four five six', 10)).toEqual(['one two', 'three', '  four', '  five six']);
  expect(wrapped('/a/path/that/is/long x', 8)).toEqual(['/a/path/that/is/long', 'x']);
  expect(wrapped('  /a/path/that/is/long', 8)).toEqual(['  /a/path/that/is/long']);
});

test('wide letters and emoji take two columns, combining marks none', () => {
  expect(wrapped('日本語 文字 ab', 8)).toEqual(['日本語', '文字 ab']);
  expect(wrapped('🚀🚀 e\u0301e\u0301e\u0301', 8)).toEqual(['🚀🚀 e\u0301e\u0301e\u0301']);
  expect([padded('日本', 6), padded('e\u0301', 3), padded('too long', 3)]).toEqual(['日本  ', 'e\u0301  ', 'too long']);
  expect(widest(['abc', '日本', ''])).toBe(4);
});

test('what is cut ends with an ellipsis within the columns and between two letters', () => {
  expect([cut('日本語', 6), cut('日本語', 5), cut('日本語', 4)]).toEqual(['日本語', '日本…', '日…']);
  expect(cut('👩‍👩‍👧‍👦 family', 5)).toBe('👩‍👩‍👧‍👦 f…');
});
