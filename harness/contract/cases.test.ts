import { expect, test } from 'vitest';
import { environmentCases } from './cases.ts';
import { exampleText, smallText } from './example.testing.ts';
import { parseContract } from './load.ts';

const casesOf = (variable: string) => environmentCases(parseContract(`${smallText}environment: { A: ${variable} }`, 'c'), '1f2e');

test('the cases of the contract of the design, in its order', () => {
  const cases = environmentCases(parseContract(exampleText, 'c'), '1f2e');
  const key = 'ANTHROPIC_API_KEY';
  expect(cases).toStrictEqual([
    { id: 'environment.MODE.honoured', name: 'MODE', secret: false, kind: 'honoured', value: 'cloud', reach: undefined },
    { id: 'environment.MODE.default', name: 'MODE', secret: false, kind: 'default', value: 'local', reach: undefined },
    { id: 'environment.MODE.invalid', name: 'MODE', secret: false, kind: 'invalid', values: ['not-local'] },
    {
      id: `environment.${key}.honoured`, name: key, secret: true, kind: 'honoured', value: '1f2e',
      reach: { at: 'llm.header', model: 'llm', name: 'x-api-key' },
    },
    { id: `environment.${key}.missing`, name: key, secret: true, kind: 'missing' },
    {
      id: 'environment.ANTHROPIC_BASE_URL.honoured', name: 'ANTHROPIC_BASE_URL', secret: false, kind: 'honoured-service', from: 'llm.url',
      reach: { at: 'service', name: 'llm' },
    },
    {
      id: 'environment.REDIS_URL.honoured', name: 'REDIS_URL', secret: false, kind: 'honoured-service', from: 'redis.url',
      reach: { at: 'service', name: 'redis' },
    },
    { id: 'environment.MAX_CONCURRENCY.honoured', name: 'MAX_CONCURRENCY', secret: false, kind: 'honoured', value: '13', reach: undefined },
    { id: 'environment.MAX_CONCURRENCY.default', name: 'MAX_CONCURRENCY', secret: false, kind: 'default', value: '10', reach: undefined },
    { id: 'environment.MAX_CONCURRENCY.invalid', name: 'MAX_CONCURRENCY', secret: false, kind: 'invalid', values: [
      'zero', '-1', 'not-a-number',
    ] },
  ]);
});

test.each([
  ['{ example: here, allowed: [there, here] }', 'here'],
  ['{ type: integer }', '7'],
  ['{ type: integer, default: -1 }', '2'],
  ['{ type: boolean }', 'true'],
  ['{ type: boolean, default: True }', 'false'],
  ['{ type: url }', 'http://1f2e.invalid/'],
  ['{ type: path }', '1f2e'],
  ['{}', '1f2e'],
])('%s is honoured with %s', (variable, value) => {
  expect(casesOf(variable)[0]).toMatchObject({ kind: 'honoured', value });
});

test('a fixed variable has no case, and one that can have only its default no honoured case', () => {
  expect(casesOf('{ value: x, type: integer, invalid: [y] }'.replace('value: x', 'value: 1'))).toStrictEqual([]);
  expect(casesOf('{ default: a, allowed: [a] }').map(({ kind }) => kind)).toStrictEqual(['default', 'invalid']);
});

test('a value is refused once, and never one that is allowed', () => {
  expect(casesOf('{ type: url, invalid: ["not a url", ":"] }').at(-1)).toMatchObject({ values: ['not a url', ':'] });
  expect(casesOf('{ allowed: [a, not-a] }').map(({ kind }) => kind)).toStrictEqual(['honoured']);
});
