import { expect, test } from 'vitest';
import type { Plan } from './plan.ts';
import { inputTexts, varied } from './varied.ts';

const plan: Plan = {
  name: 'x', workflow: 'W',
  input: [{ thread: 't-1', message: 'What is 2+2?', empty: '' }, ['Ada', 3]],
  llm: [{ text: 'think' }, { text: '4' }],
  expect: { result: { answer: '4', thread: 't-1', greeting: 'Hello, Ada.', count: 4 } },
};

test('texts of an input are found wherever they are, the longest first', () => {
  expect(inputTexts(plan).map(({ text }) => text)).toEqual(['What is 2+2?', 't-1', 'Ada']);
});

test('what is put behind a text of the input stands in the result where that does, in whole or in part; the answer likewise', () => {
  const own = varied(plan, inputTexts(plan).map(({ path }) => path), (text) => `${text}-9`);
  expect(own.input).toEqual([{ thread: 't-1-9', message: 'What is 2+2?-9', empty: '' }, ['Ada-9', 3]]);
  expect(own.llm).toEqual([{ text: 'think' }, { text: '4-9' }]);
  expect(own.expect.result).toEqual({ answer: '4-9', thread: 't-1-9', greeting: 'Hello, Ada-9.', count: 4 });
});

test('an answer that the result does not hold, and a text that is not chosen, stay as they are', () => {
  const own = varied({ ...plan, expect: { result: { thread: 't-1' } } }, [], (text) => `${text}-9`);
  expect([own.input, own.llm, own.expect.result]).toEqual([plan.input, plan.llm, { thread: 't-1' }]);
});

test('bytes are no text that could be another one', () => {
  expect(inputTexts({ ...plan, input: [{ $base64: 'AAE=' }, { text: 'one' }] }).map(({ text }) => text)).toEqual(['one']);
});
