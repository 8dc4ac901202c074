import { expect, test } from 'vitest';
import { compare, differs } from './expectation.ts';

const plan = { name: 'x', workflow: 'W', input: [], llm: [], expect: { result: { status: 'completed' } } };
const failing = { ...plan, expect: { failure: { type: 'Planned', nonRetryable: true } } };
const ended = (ending: Parameters<typeof compare>[1]['ending']): Parameters<typeof compare>[1] => ({ ending, events: [], durationMs: 1 });
const failure = { type: 'Planned', nonRetryable: true, message: 'm', chain: ['m'] };

test('an object may have more keys than the contract names, a list may not be longer', () => {
  expect(differs({ a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 }, 'result')).toBeUndefined();
  expect(differs({ a: [1] }, { a: [1, 2] }, 'result')).toBe('result.a');
  expect(differs({ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, 'result')).toBe('result.a.0.b');
  expect(differs({ a: null }, {}, 'result')).toBe('result.a');
});

test('a result that differs is named by its path', () => {
  expect(compare(plan, ended({ kind: 'completed', result: { status: 'failed' } }))?.sentence).toBe('result.status is not as expected');
});

test('a failure must keep its type and its flag', () => {
  expect(compare(failing, ended({ kind: 'failed', failure }))).toBeUndefined();
  expect(
    compare(failing, ended({ kind: 'failed', failure: { ...failure, type: undefined } }))?.sentence,
  ).toBe('the failure has no type, expected "Planned"');
  expect(
    compare(failing, ended({ kind: 'failed', failure: { ...failure, nonRetryable: false } }))?.sentence,
  ).toBe('the failure is retryable');
  expect(compare(failing, ended({ kind: 'completed', result: 1 }))?.sentence).toBe('it completed, but was to fail');
});

test('an execution that does not end says why', () => {
  expect(
    compare(plan, ended({ kind: 'stuck', why: 'its workflow task failed 2 times in a row: x' }))?.sentence,
  ).toBe('it did not end: its workflow task failed 2 times in a row: x');
});

test.each<readonly [expected: unknown, right: unknown[], wrong: unknown[]]>([
  [{ $any: 'string' }, ['', 'x'], [1, null, undefined, ['x']]],
  [{ $any: 'integer' }, [0, -1, 2n ** 70n], [1.5, '1', null]],
  [{ $any: 'number' }, [0, 1.5, 2n ** 70n], ['1', null]],
  [{ $any: 'boolean' }, [true, false], [0, null]],
  [{ $any: 'object' }, [{}, { a: 1 }], [[], null, 'x', Uint8Array.of(1)]],
  [{ $any: 'bytes' }, [Uint8Array.of(1)], [[1], 'AQ==', null]],
  [{ $base64: 'AQI=' }, [Uint8Array.of(1, 2), Buffer.of(1, 2)], [Uint8Array.of(1), 'AQI=', [1, 2], { $base64: 'AQI=' }]],
  [{ $any: 'list' }, [[], [1]], [{}, null]],
  [{ $any: 'value' }, [null, 0, {}], []],
  [{ $matches: '^ok' }, ['ok', 'ok then'], ['not ok', null, 1]],
  [9_007_199_254_740_993n, [9_007_199_254_740_993n], [9_007_199_254_740_992n, 9_007_199_254_740_992, '9007199254740993']],
  [JSON.parse('{"__proto__":{"a":1}}'), [JSON.parse('{"__proto__":{"a":1}}')], [{}, { a: 1 }]],
  [{ constructor: { $any: 'value' } }, [{ constructor: 1 }], []],
])('%o', (expected, right, wrong) => {
  expect(right.map((got) => differs({ a: [expected] }, { a: [got] }, 'result'))).toEqual(right.map(() => undefined));
  for (const got of wrong) expect(differs({ a: [expected] }, { a: [got] }, 'result')).toMatch(/^result\.a\.0/);
});

test('what an object inherits is no part of it', () => {
  expect(differs({ constructor: { name: 'Object' } }, {}, 'result')).toBe('result.constructor');
});
