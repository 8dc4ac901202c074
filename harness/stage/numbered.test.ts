import { expect, test } from 'vitest';
import type { Plan } from './plan.ts';
import { firstNumber, isNumbered, numbered } from './numbered.ts';

const plan: Plan = {
  name: 'x', workflow: 'W',
  input: [{ order: 'order {n}', id: { n: null }, other: { n: null, m: 1 } }],
  llm: [{ toolCalls: [{ name: 't', arguments: { line: '{n} of {n}' } }] }, { text: 'done {n}' }],
  expect: { result: { answer: 'done {n}', ids: [{ n: null }] } },
  asks: [{ contains: ['order {n}'] }],
};

test('every {n} is the number: in texts, and alone without quotes, as YAML reads it', () => {
  expect(numbered(plan, 7)).toMatchObject({
    input: [{ order: 'order 7', id: 7, other: { n: null, m: 1 } }],
    llm: [{ toolCalls: [{ arguments: { line: '7 of 7' } }] }, { text: 'done 7' }],
    expect: { result: { answer: 'done 7', ids: [7] } }, asks: [{ contains: ['order 7'] }],
  });
});

test('so it is in the id, in what is sent and answered on the way, and in what activities are answered', () => {
  const sent = numbered({
    ...plan, id: 'w-{n}',
    steps: [{ update: 'u', to: 'c-{n}', input: [{ n: null }], expect: { result: '{n}' } }, { cancel: true, input: [] }],
    activities: { charge: { result: { id: 'c{n}' }, queue: 'q' } }, expect: { cancelled: true },
  }, 7);
  expect(sent).toMatchObject({
    id: 'w-7', steps: [{ update: 'u', to: 'c-7', input: [7], expect: { result: '7' } }, { cancel: true }],
    activities: { charge: { result: { id: 'c7' }, queue: 'q' } },
  });
  expect(sent.expect).toEqual({ cancelled: true });
});

test('executions differ when input and answer do; one that fails, or asks no model, has no answer of its own', () => {
  expect(isNumbered(plan)).toBe(true);
  expect(isNumbered({ ...plan, llm: [{ text: 'done' }] })).toBe(false);
  expect(isNumbered({ ...plan, input: ['x'] })).toBe(false);
  expect(isNumbered({ ...plan, llm: [] })).toBe(true);
  expect(isNumbered({ ...plan, llm: [], input: ['x'], steps: [{ signal: 's', input: ['{n}'] }] })).toBe(true);
  expect(isNumbered({ ...plan, expect: { failure: { type: 'T' } } })).toBe(true);
});

test('no number is a part of another one', () => {
  expect(String(firstNumber)).toHaveLength(5);
});
