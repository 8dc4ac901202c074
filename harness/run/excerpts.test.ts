import { expect, test } from 'vitest';
import type { Finding } from '../model/report.ts';
import { excerptOf } from './excerpts.ts';

const finding: Finding = { hazard: 'PI-01', args: {}, cause: '', remedy: '', line: "No module named 'lazy'", source: '', explains: [] };
const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index + 1}`);

test('a short file is shown whole, without an empty last line', () => {
  expect(excerptOf('one\ntwo\n', [])).toEqual([{ number: 1, text: 'one' }, { number: 2, text: 'two' }]);
  expect(excerptOf('\n', [])).toEqual([]);
});

test('of a long file the first 20 and the last 40 lines stay, and what tells the cause with the line after it', () => {
  const lines = numbered(200);
  lines[99] = "1.234 stderr ModuleNotFoundError:  No module named 'lazy'";
  const excerpt = excerptOf(lines.join('\n'), [finding]);
  expect(excerpt.map(({ number }) => number)).toEqual([
    ...numbered(20).map((_, index) => index + 1), 100, 101, ...Array.from({ length: 40 }, (_, index) => 161 + index),
  ]);
  expect(excerpt.find(({ number }) => number === 100)).toEqual({ number: 100, text: lines[99], hazard: 'PI-01' });
});

test('a line that fills megabytes is cut where the cause stands', () => {
  const [line] = excerptOf(`${'x  '.repeat(2_000)}No module  named 'lazy'${'y'.repeat(3_000)}`, [finding]);
  expect(line?.text).toHaveLength(302);
  expect(line?.text).toContain(finding.line);
  expect(line?.hazard).toBe('PI-01');
});

test('a log that repeats the cause for ever does not fill the report', () => {
  expect(excerptOf(Array.from({ length: 1_000 }, () => finding.line).join('\n'), [finding]).filter(({ hazard }) => hazard).length).toBe(20);
});
