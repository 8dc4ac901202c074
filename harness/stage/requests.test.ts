import { expect, test } from 'vitest';
import type { Asked } from '../services/conversation.ts';
import type { Plan } from './plan.ts';
import { requestFailures } from './requests.ts';

const plan: Plan = {
  name: 'answers', workflow: 'W', input: ['order 7'], llm: [{ text: 'x' }], expect: { result: 'x' },
  asks: [{ model: 'm', contains: ['You are', 'order 7'] }],
};
const request = (content: string, headers = {}, model = 'm'): Asked => ({
  service: 'llm', path: '/v1/messages', headers: { 'x-api-key': 'k-1', ...headers }, bytes: [],
  body: { model, messages: [{ role: 'system', content: 'You are kind' }, { role: 'user', content }] },
});
const variable = { required: true, secret: true, invalid: [], reaches: 'llm.header.x-api-key' };
const environment = { KEY: variable, OTHER: { ...variable, reaches: 'llm.header.authorization' } };

const services = [{ name: 'llm', kind: 'llm' as const, command: [], ready: { withinSeconds: 1 } }];

/** The sentence about an execution that sent these requests; undefined where nothing is wrong. */
function sentence(asked: readonly Asked[], own = plan): string | undefined {
  const done = { ending: { kind: 'completed', result: 'x' }, events: [], durationMs: 1, plan: own, asked } as const;
  return requestFailures(done, { environment: { KEY: 'k-1', OTHER: 'k-2' } }, { environment, services })[0]?.message;
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

const two = [{ name: 'gpt', kind: 'llm' as const }, { name: 'claude', kind: 'llm' as const }].map((each) => (
  { ...each, command: [], ready: { withinSeconds: 1 } }
));

/** The sentences about an execution that is to ask gpt twice and claude once, each for its own model and with its own key. */
function sentences(asked: readonly Asked[]): string[] {
  const own: Plan = {
    ...plan, llm: [{ service: 'gpt', text: 'a' }, { service: 'claude', text: 'b' }, { service: 'gpt', text: 'x' }],
    asks: [{ service: 'gpt', model: 'g' }, { service: 'claude', model: 'c', contains: ['order 7'] }],
  };
  const done = { ending: { kind: 'completed', result: 'x' }, events: [], durationMs: 1, plan: own, asked } as const;
  const keys = {
    GPT: { ...variable, reaches: 'gpt.header.authorization' }, CLAUDE: { ...variable, reaches: 'claude.header.authorization' },
  };
  const actor = { environment: { GPT: 'k-1', CLAUDE: 'k-2' } };
  return requestFailures(done, actor, { environment: keys, services: two }).map(({ message }) => message);
}

const at = (service: string, key: string, model = service[0], content = 'order 7'): Asked => (
  { ...request(content, { authorization: `Bearer ${key}` }, model), service }
);
const [first, second, third] = [at('gpt', 'k-1'), at('claude', 'k-2'), at('gpt', 'k-1')];

test.each<[string, readonly Asked[], string[]]>([
  ['each as the contract says', [first, second, third], []],
  ['both at one of them', [first, at('gpt', 'k-1'), third], [
    '"answers" asks gpt 3 times, not 2 times', '"answers" never asks claude', '"answers": no request to claude holds "order 7"']],
  ['one for the model of the other', [first, at('claude', 'k-2', 'g'), third], ['"answers" asks claude for g, not c']],
  ['the key of the other', [first, at('claude', 'k-1'), third], ['"answers" asks claude with another CLAUDE than its launch was given']],
  ['a text to the other only', [first, at('claude', 'k-2', 'c', 'x'), third], ['"answers": no request to claude holds "order 7"']],
])('of two models: %s', (_, asked, expected) => {
  expect(sentences(asked)).toEqual(expected);
});

test('with planned attempts it may ask as often in each of them', () => {
  expect(sentence([request('order 7'), request('order 7')], { ...plan, attempts: { a: 2 } })).toBeUndefined();
  expect(sentence([request('order 7'), request('order 7'), request('order 7')], { ...plan, attempts: { a: 2 } })).toContain('3 times');
});
