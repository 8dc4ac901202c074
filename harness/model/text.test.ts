import { expect, test } from 'vitest';
import { clean, excerpt, oneLine, safeJson, shorten } from './text.ts';

test.for([
  ['\u001B[31mred\u001B[0m', 'red'],
  ['\u009B1mbold', 'bold'],
  ['\u001B]8;;https://x\u0007link\u001B]8;;\u001B\\', 'link'],
  ['\u001B]0;a title without an end\nnext line', '\nnext line'],
  ['\u001B(Btext\u001Bc', 'text'],
  ['a\rb\r\nc\u2028d', 'a\nb\nc\nd'],
  ['bell\u0007 nul\0 del\u007F back\b', 'bell nul del back'],
  ['user\u202Egpj.exe\u2069\uFEFF', 'usergpj.exe'],
  ['\tümläut 🚀 stays\n', '\tümläut 🚀 stays\n'],
  ['\uD800 alone \uFFFF', '\uFFFD alone '],
  ['\u001B', ''],
])('clean %j', ([text, expected]) => {
  expect(clean(text ?? '')).toBe(expected);
});

test('hostile sequences are cleaned in linear time', () => {
  const started = performance.now();
  for (const part of ['\u001B]', '\u001B[;', '\u009B', '\u001B[0;', '\u0090a']) clean(part.repeat(1_000_000));
  expect(performance.now() - started).toBeLessThan(5000);
});

test('oneLine and shorten', () => {
  expect(oneLine(' a\n\tb  c ')).toBe('a b c');
  expect(shorten('abcdef', 3)).toBe('abc…');
  expect(shorten('a🚀b', 2)).toBe('a…');
});

test('an excerpt keeps the first 20 and the last 40 lines', () => {
  const lines = Array.from({ length: 63 }, (_, index) => `line ${index + 1}`);
  const cut = excerpt(`${lines.join('\n')}\n`).split('\n');
  expect(cut).toHaveLength(61);
  expect(cut.slice(19, 22)).toEqual(['line 20', '<3 lines omitted>', 'line 24']);
  expect(excerpt(lines.slice(0, 60).join('\n'))).toBe(lines.slice(0, 60).join('\n'));
  expect(excerpt('x'.repeat(5000))).toHaveLength(2001);
});

test('of a text of 200 MB only both ends are looked at', () => {
  const started = performance.now();
  const short = excerpt(`first\n${'x\n'.repeat(100_000_000)}last`);
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(short.split('\n')).toHaveLength(61);
  expect(short).toMatch(/^first\nx\n[^]*<\d+ lines omitted>[^]*x\nlast$/);
});

test('JSON holds no character that moves a cursor or reorders text, and says the same', () => {
  const text = 'a\u001B[31m\u007F\u009B5n\u2028\u202E\uFEFFä';
  expect(safeJson({ text })).toBe(String.raw`{"text":"a\u001b[31m\u007f\u009b5n\u2028\u202e\ufeffä"}`);
  expect(JSON.parse(safeJson({ text }, 2))).toEqual({ text });
});
