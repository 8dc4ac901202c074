import { expect, test } from 'vitest';
import type { Plan } from '../plan.ts';
import { openables } from './openable.ts';

const plan = (name: string, more: Partial<Plan> = {}): Plan => (
  { name, workflow: 'W', input: [], llm: [], expect: { result: 1 }, ...more }
);
const query = { query: 'state', input: [] };
const signal = { signal: 'approve', input: [] };
const update = { update: 'amend', input: [1] };
const shape = (plans: readonly Plan[]) => openables(plans).map(({ plan: { name }, before, withheld, copies }) => (
  { name, before: before.length, withheld: withheld.length, copies }
));

test('the last message and what is asked after it are withheld, all before it is sent', () => {
  expect(shape([plan('told', { steps: [query, update, signal, query] })])).toEqual([{ name: 'told', before: 2, withheld: 2, copies: 1 }]);
});

test('of those that ask the model, those that cannot be told apart are open one at a time', () => {
  const asks = { llm: [{ text: 'yes' }] };
  const numbered = { input: ['{n}'], llm: [{ text: '{n}' }], expect: { result: '{n}' } };
  expect(shape([plan('first', asks), plan('second', asks)]).map(({ name }) => name)).toEqual(['first']);
  expect(shape([plan('first', numbered), plan('second', numbered)]).map(({ name }) => name)).toEqual(['first', 'second']);
});

test('what nothing holds is begun several times, once for each type of workflow that nothing else opens', () => {
  const free = [
    plan('one'), plan('same'), plan('asks only', { workflow: 'V', steps: [query] }), plan('alone', { workflow: 'U', concurrency: 1 }),
  ];
  expect(shape(free)).toEqual([
    { name: 'one', before: 0, withheld: 0, copies: 4 }, { name: 'asks only', before: 1, withheld: 0, copies: 4 },
    { name: 'alone', before: 0, withheld: 0, copies: 1 },
  ]);
  expect(shape([plan('one'), plan('told', { steps: [signal] })]).map(({ name }) => name)).toEqual(['told']);
});

test('neither what fails as planned nor what is no workflow is left open', () => {
  const { workflow: _, ...activity } = plan('books');
  expect(openables([plan('fails', { expect: { failure: { type: 'E' } } }), { ...activity, activity: 'book' }])).toEqual([]);
});
