import { expect, test } from 'vitest';
import type { Asked } from '../services/conversation.ts';
import type { Plan } from './plan.ts';
import { requestFailures } from './requests.ts';

const plan: Plan = {
  name: 'answers', workflow: 'W', input: ['order 7'], llm: [{ text: 'x' }], expect: { result: 'x' },
  asks: { model: 'm', contains: ['You are', 'order 7'] },
};
const request = (content: string, headers = {}, model = 'm'): Asked => ({
  path: '/v1/messages', headers: { 'x-api-key': 'k-1', ...headers }, bytes: [],
  body: { model, messages: [{ role: 'system', content: 'You are kind' }, { role: 'user', content }] },
});
const variable = { required: true, secret: true, invalid: [], reaches: 'llm.header.x-api-key' };
const environment = { KEY: variable, OTHER: { ...variable, reaches: 'llm.header.authorization' } };

/** The sentence about an execution that sent these requests; undefined where nothing is wrong. */
function sentence(asked: readonly Asked[], own = plan): string | undefined {
  const done = { ending: { kind: 'completed', result: 'x' }, events: [], durationMs: 1, plan: own, asked } as const;
  return requestFailures(done, { environment: { KEY: 'k-1', OTHER: 'k-2' } }, environment)[0]?.message;
}

test.each<[string, readonly Asked[], string | undefined]>([
  ['what the contract says', [request('about order 7')], undefined],
  ['nothing', [], '"answers" never asks the model'],
  ['one more', [request('order 7'), request('order 7')], '"answers" asks the model 2 times, not once'],
  ['another model', [request('order 7', {}, 'n')], '"answers" asks the model n, not m'],
  ['a part of the input', [request('order')], '"answers": no request to the model holds "order 7"'],
  ['another key', [request('order 7', { 'x-api-key': 'k-9' })], '"answers" asks the model with another KEY than its launch was given'],
  ['the key of another provider', [request('order 7', { 'x-api-key': undefined, authorization: 'Bearer k-2' })], undefined],
  ['a second key that is none', [request('order 7', { authorization: 'Bearer x' })],
    '"answers" asks the model with another OTHER than its launch was given'],
  ['no key', [request('order 7', { 'x-api-key': undefined })], '"answers" asks the model without KEY'],
])('%s', (_, asked, expected) => {
  expect(sentence(asked)).toBe(expected);
});

test('with planned attempts it may ask as often in each of them', () => {
  expect(sentence([request('order 7'), request('order 7')], { ...plan, attempts: { a: 2 } })).toBeUndefined();
  expect(sentence([request('order 7'), request('order 7'), request('order 7')], { ...plan, attempts: { a: 2 } })).toContain('3 times');
});
