import { expect, test } from 'vitest';
import { UsageError } from '../model/errors.ts';
import { parseContract } from './load.ts';

const queues = 'worker: w\ntemporal: { address: A, ' +
  'taskQueues: [{ name: main, from: Q, workflows: [W] }, { name: other, from: R, activities: [a] }] }\n';
const orders = 'nexus: { endpoint: orders, queue: main }\n';
const both = 'nexus: [{ endpoint: orders, queue: main }, { endpoint: stock, queue: other }]\n';
const called = (more = '', input = '[1]'): string => (
  `executions: [{ name: e, nexus: { service: S, operation: o${more} }, input: ${input}, expect: { result: 1 } }]`
);

function refusal(text: string): string {
  try {
    parseContract(queues + text, 'c');
    return 'accepted';
  } catch (error) {
    return error instanceof UsageError ? error.message : String(error);
  }
}

test.for<[string, string, string]>([
  ['an endpoint and a call', orders + called(), 'accepted'],
  ['a call through one of two', both + called(', endpoint: stock'), 'accepted'],
  ['a queue that is not there', 'nexus: { endpoint: orders, queue: mian }',
    'c:3: nexus[0].queue: "mian" is no task queue of temporal: main, other'],
  ['a call without an endpoint', called(), 'c:3: executions[0].nexus: calls an operation, and the contract has no ' +
    'endpoint: add nexus: { endpoint, queue }'],
  ['a call through which of two', both + called(), 'c:4: executions[0].nexus.endpoint: is missing: one of orders, stock'],
  ['a call through another', orders + called(', endpoint: order'),
    'c:4: executions[0].nexus.endpoint: "order" is no endpoint of nexus; did you mean "orders"?'],
  ['two arguments', orders + called('', '[1, 2]'), 'c:4: executions[0].input: has 2 arguments; a Nexus operation takes one at most'],
  ['one name twice', 'nexus: [{ endpoint: o, queue: main }, { endpoint: o, queue: other }]', 'c:3: nexus[1].endpoint: "o" is listed twice'],
])('%s', ([, text, message]) => expect(refusal(text)).toBe(message));

test('the only endpoint need not be named', () => {
  expect(parseContract(queues + orders + called(), 'c').executions[0]?.nexus).toEqual({ endpoint: 'orders', service: 'S', operation: 'o' });
});
