import { expect, test } from 'vitest';
import { smallText } from './example.testing.ts';
import { parseContract } from './load.ts';
import { isRepeatable } from './repeatable.ts';

const withActivities = smallText.replace('workflows: [Greet]', 'workflows: [Greet], activities: [greet]');

function refusal(execution: string, head = smallText): string {
  try {
    parseContract(`${head}executions:\n  - { name: a, ${execution} }\n`, 'c');
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
  return 'accepted';
}

const workflow = (more: string, expected = 'result: 1') => `workflow: Greet, ${more}, expect: { ${expected} }`;
const at = 'c:5: executions[0].';

test.each([
  ['steps: [{ query: state, expect: { result: { $any: string } } }, { signal: go, input: [1] }, { update: to, to: "x-{n}" }]', 'accepted'],
  ['steps: []', `${at}steps: expected at least one step, got an empty list`],
  ['steps: [{ query: state, signal: go }]', `${at}steps[0]: expected exactly one of query, update, signal, cancel, got a ` +
    'mapping with query, signal'],
  ['steps: [{ query: s, inputs: [] }]', `${at}steps[0].inputs: unknown key; did you mean input?`],
  ['steps: [{ cancel: false }]', `${at}steps[0].cancel: expected true, got false`],
  ['steps: [{ cancel: true, input: [1] }]', `${at}steps[0].input: cancel takes no arguments`],
  ['steps: [{ signal: s, expect: { result: 1 } }]',
    `${at}steps[0].expect: a signal and cancel have no answer; ask a query afterwards, or ` +
    'judge the end'],
  ['steps: [{ query: s, expect: { failure: { type: T } } }]', `${at}steps[0].expect.failure: stands beside update only: a query that ` +
    'fails tells no type'],
  ['steps: [{ query: s, expect: { result: {} } }]', `${at}steps[0].expect.result: result is {}, which compares nothing; write ` +
    '{ $any: object } where any object is right, or the keys that are promised'],
  ['steps: [{ query: s, expect: { cancelled: true } }]', `${at}steps[0].expect.cancelled: unknown key; known are result, failure\n` +
    `${at}steps[0].expect: expected exactly one of result, failure, got a mapping with cancelled`],
  ['id: order', `${at}id: expected an id that holds {n}, so that each execution has its own, got "order"`],
  ['id: "order-{n}", timeoutSeconds: 90', 'accepted'],
  ['timeoutSeconds: 0', `${at}timeoutSeconds: expected a whole number of seconds from 1 to 3600, got 0`],
  ['activities: { charge: { result: 1 } }, attempts: { charge: 2 }', 'accepted'],
  ['activities: { charge: {} }', `${at}activities.charge: expected exactly one of result, failure, got an empty mapping`],
])('%s', (execution, message) => {
  expect(refusal(workflow(execution))).toBe(message);
});

test('an end as cancelled is one that a step asks for', () => {
  expect(refusal(workflow('steps: [{ cancel: true }]', 'cancelled: true'))).toBe('accepted');
  expect(refusal(workflow('steps: [{ cancel: true, to: x }]',
    'cancelled: true'))).toBe(`${at}expect.cancelled: nothing asks for that: add ` +
    '{ cancel: true } to steps');
});

test('what belongs to workflows stands beside them only', () => {
  const activity = (more: string) => refusal(`activity: greet, ${more}, expect: { result: 1 }`, withActivities);
  expect(activity('steps: [{ signal: s }]')).toBe(`${at}steps: stands beside workflow only: an activity takes no messages`);
  expect(activity('id: "{n}"')).toBe(`${at}id: stands beside workflow only: an activity has no id of its own`);
  expect(activity('activities: { charge: { result: 1, queue: q } }')).toBe(`${at}activities: stands beside workflow only: an activity ` +
    'has nobody who stands in for its activities');
});

test('nothing stands in for an activity of the worker, nor polls where it polls itself', () => {
  const standIn = (answer: string) => refusal(workflow(`activities: { ${answer} }`), withActivities);
  expect(standIn('greet: { result: 1, queue: q }')).toBe(`${at}activities.greet: "greet" is an activity of the worker itself ` +
    '(registers.activities); nothing stands in for what is to be verified');
  expect(standIn('charge: { result: 1 }')).toBe(`${at}activities.charge: needs queue: the worker polls its own task queue for ` +
    'activities, and another poller there would be given its tasks');
  expect(standIn('charge: { result: 1, queue: payments }')).toBe('accepted');
});

test('what runs beside none of its kind is begun once on a launch, unless its number keeps it apart', () => {
  const one = (more: string) => {
    const [execution] = parseContract(`${smallText}executions: [{ name: a, ${workflow(more)} }]`, 'c').executions;
    return execution !== undefined && isRepeatable(execution);
  };
  expect(one('input: [1]')).toBe(true);
  expect(one('input: [1], concurrency: 1')).toBe(false);
  expect(one('input: ["account {n}"], concurrency: 1')).toBe(true);
  expect(one('input: [{n}], concurrency: 1')).toBe(true);
  expect(one('steps: [{ signal: s, input: [{n}] }], concurrency: 1')).toBe(true);
});
