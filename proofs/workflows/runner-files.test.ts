import { expect, test } from 'vitest';
import { countAnnotations, parseEntries } from './runner-files.ts';

test('lines and blocks', () => {
  expect(
    parseEntries('verdict=pass\nchecksums<<END\nabc  one\ndef  two\nEND\nurl=a=b\nempty=\n'),
  ).toEqual({ verdict: 'pass', checksums: 'abc  one\ndef  two', url: 'a=b', empty: '' });
});

test.each([
  ['no form\n', 'expected name=value or name<<END, got: no form'],
  ['a<<END\nvalue\n', 'the value of a never ends: no line "END"'],
])('%j is refused', (text, message) => {
  expect(() => parseEntries(text)).toThrow(message);
});

test('annotations are counted by kind, at the start of a line only', () => {
  expect(
    countAnnotations('::error::a\n::error file=x,line=1::b\nsee ::error::c\n::warning::d\n::errors::e\n'),
  ).toEqual({ error: 2, warning: 1, notice: 0 });
});
