import { expect, test } from 'vitest';
import { commonWords, silences, unnamedAtEnd, wordsOf } from './words.ts';

const ids = Array.from({ length: 40 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);

test('words are what stays the same from one time to the next', () => {
  expect(wordsOf('{"ts":"2026-11-27T22:14:01.123+00:00","event":"stopping","pid":4711}')).toBe('{"ts":"#","event":"stopping","pid"#}');
  expect(wordsOf('2026-11-27 22:14:01,123 INFO job 12 of queue frostgate-a1b2c3 done')).toBe('# #,# INFO job # of queue # done');
});

test('executions that the end of the log does not name, where it names all before, in whatever order those at once come', () => {
  const lines = ids.map((id) => `done ${id}`);
  expect(unnamedAtEnd(ids, lines, 5)).toBe(0);
  expect(unnamedAtEnd(ids, lines.slice(0, -3), 5)).toBe(3);
  expect(unnamedAtEnd(ids, [...lines.slice(0, 35), ...lines.slice(38)], 5)).toBe(3);
});

test('a log that names some, none or only the first executions names no end', () => {
  expect(unnamedAtEnd(ids, ids.filter((_, index) => index % 2 === 0), 5)).toBe(0);
  expect(unnamedAtEnd(ids, [], 5)).toBe(0);
  expect(unnamedAtEnd(ids, ids.slice(0, 5), 5)).toBe(0);
});

/** Three hundred executions in windows of fifteen; `seen` says how many lines of one each have been seen after so many. */
const steps = (seen: (executions: number) => number) => Array.from({ length: 21 }, (_, index) => (
  { executions: index * 15, lines: seen(index * 15) }
));
const lines = (count: number) => Array.from({ length: count }, (_, index) => `execution ${index} done`);

test('a burst that never comes is found: a buffer that was not written at the end', () => {
  const burst = (executions: number) => Math.floor(executions / 68) * 68;
  expect(silences(lines(272), steps(burst))).toEqual([{ words: 'execution # done', said: 272, missing: 28 }]);
  expect(silences(lines(300), steps(burst))).toEqual([]);
  const once = (executions: number) => (executions < 255 ? 0 : 250);
  expect(silences(lines(250), steps(once))).toEqual([{ words: 'execution # done', said: 250, missing: 50 }]);
});

test.each([
  ['says it at once', 300, (executions: number) => executions],
  ['says it twice at once', 600, (executions: number) => 2 * executions],
  ['says it for the first hundred only', 100, (executions: number) => Math.min(100, executions)],
  ['says it in four of five', 240, (executions: number) => Math.floor(executions * 0.8)],
  ['says it now and then', 30, (executions: number) => Math.floor(executions / 10)],
  ['says nothing', 0, () => 0],
])('nothing is lost of a worker that %s', (_, count, seen) => {
  expect(silences(lines(count), steps(seen))).toEqual([]);
});

test('what all logs have in common', () => {
  expect(commonWords([['stopping 1', 'took 3 s'], ['stopping 2', 'left']])).toEqual(['stopping #']);
  expect(commonWords([])).toEqual([]);
});
