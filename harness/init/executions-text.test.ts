import { parse } from 'yaml';
import { expect, test } from 'vitest';
import type { NamedQueue } from './draft.ts';
import { executionsText, inFlightOf } from './executions-text.ts';
import { nexusText } from './nexus-text.ts';

const nothing = { input: [], result: { kind: 'null' as const }, beats: false };
const one: NamedQueue = {
  name: 'main', told: { by: 'QUEUE' }, operations: [], activities: [{ name: 'book', ...nothing }],
  workflows: [{ name: 'Order', input: [], result: { kind: 'null' }, signals: [], queries: [], updates: [] }],
};
const beating = { ...nothing, name: 'count', input: [{ name: 'rounds', shape: { kind: 'integer' as const } }], beats: true };

test('the only activity that tells that it goes on gets an execution of its own, which is in flight at a stop', () => {
  const queues = [{ ...one, activities: [...one.activities, beating] }];
  const text = executionsText(queues, false);
  expect(parse(text)).toMatchObject({ executions: [{ workflow: 'Order' }, { name: 'runs count', activity: 'count', input: [1] }] });
  expect(text).toContain('# fill in: rounds: integer; so that it takes a few seconds');
  expect(inFlightOf(queues, false)).toBe('runs count');
});

test('nobody knows which one that is where several do, none does, or a model can be held back', () => {
  const several = [{ ...one, activities: [beating, { ...beating, name: 'other' }] }];
  expect(inFlightOf(several, false)).toBeUndefined();
  expect(inFlightOf([one], false)).toBeUndefined();
  expect(inFlightOf([{ ...one, activities: [beating] }], true)).toBeUndefined();
  expect(parse(executionsText(several, false))).toMatchObject({ executions: [{ workflow: 'Order' }] });
});

test('a Nexus operation is called by its service, through the endpoint that the source names', () => {
  const input = { kind: 'object', fields: [{ name: 'name', shape: { kind: 'string' }, required: true }] } as const;
  const queues = [{ ...one, operations: [{ service: 'MyGreeter', name: 'greet', input, result: { kind: 'string' } as const }] }];
  expect(parse(executionsText(queues, false))).toMatchObject({ executions: [
    { workflow: 'Order' }, { name: 'runs greet', nexus: { service: 'MyGreeter', operation: 'greet' }, input: [{ name: 'name-{n}' }] },
  ] });
  expect(nexusText(queues, 'greetings')).toBe('nexus: { endpoint: greetings, queue: main }');
  expect(nexusText(queues, undefined)).toBe('nexus: { endpoint: my-greeter, queue: main } # fill in: the endpoint by which it is called');
  expect(nexusText([one], 'greetings')).toBe('');
});
