import { expect, test } from 'vitest';
import { shellLine } from './shell-line.ts';
import { wrapped } from './wrap.ts';

test('lines break at blanks and keep their indentation; long words stay whole', () => {
  expect(wrapped('one two three\n  four five six', 10)).toEqual(['one two', 'three', '  four', '  five six']);
  expect(wrapped('/a/path/that/is/long x', 8)).toEqual(['/a/path/that/is/long', 'x']);
});

test('a command line can be pasted', () => {
  expect(shellLine(['npm', 'test', '--', "it's here", '$HOME', ''])).toBe(String.raw`npm test -- 'it'\''s here' '$HOME' ''`);
});
