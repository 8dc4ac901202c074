import { anything, assert, property } from 'fast-check';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { anyOf, exampleOf, flow, wordsOf } from './values.ts';

const text = { kind: 'string' } as const;
const order = { kind: 'object', fields: [
  { name: 'id', shape: { kind: 'integer' }, required: true }, { name: 'note', shape: { ...text, optional: true }, required: false },
] } as const;

test('a value on one line is that value', () => {
  assert(property(anything({ withNullPrototype: false }), (value) => {
    const plain: unknown = JSON.parse(JSON.stringify(value) ?? 'null');
    expect(JSON.parse(JSON.stringify(parse(flow(plain))))).toEqual(JSON.parse(JSON.stringify(parse(JSON.stringify(plain)))));
  }));
  expect(flow({ a: ['x', 'no', '1', '{n}', 'a: b'], b: {} })).toBe('{ a: [x, no, "1", "{n}", "a: b"], b: {} }');
});

test('an example holds what must be there, and the number of its execution', () => {
  expect(exampleOf(order, 'order')).toEqual({ id: 1 });
  expect(exampleOf({ kind: 'list', item: text }, 'names')).toEqual(['names-{n}']);
  expect(exampleOf({ kind: 'integer', allowed: ['3', '4'] }, 'level')).toBe(3);
});

test('a result is any of its type, and the type is told in words', () => {
  expect(anyOf(order)).toEqual({ id: { $any: 'integer' }, note: { $any: 'value' } });
  expect(anyOf({ kind: 'null' })).toBeNull();
  expect(wordsOf({ kind: 'list', item: order })).toBe('list of { id, note? }');
  expect(wordsOf({ ...text, optional: true })).toBe('string or null');
});
