import { describe, expect, test } from 'vitest';
import { UsageError } from '../model/errors.ts';
import { parseContract } from './load.ts';

/** What a contract is refused with; "accepted" when it is not. */
function refusal(text: string): string {
  try {
    parseContract(text, 'c');
    return 'accepted';
  } catch (error) {
    return error instanceof UsageError ? error.message : String(error);
  }
}

const two = (queues: string): string => `worker: w\ntemporal:\n  address: A\n  taskQueues: [${queues}]\n`;
const main = '{ name: main, from: Q, workflows: [W] }';

describe('temporal', () => {
  test.for<[string, string, string]>([
    ['no address', 'worker: w\ntemporal: {}\nregisters: { workflows: [W] }', 'c:2: temporal.address: is missing: expected the name of an ' +
      'environment variable or a --flag, { fixed: HOST:PORT }, or {temporal.address} in arguments, files or the value of a variable'],
    ['the address in a file', 'worker: w\ntemporal: {}\nfiles: { a.toml: "{temporal.address}" }\nregisters: { workflows: [W] }',
      'accepted'],
    ['an address that is none', 'worker: w\ntemporal: { address: { fixed: localhost } }\nregisters: { workflows: [W] }',
      'c:2: temporal.address.fixed: expected HOST:PORT, such as "localhost:7233", got "localhost"'],
    ['a fixed address elsewhere', 'worker: w\ntemporal: { address: { fixed: "temporal:7233" } }\nregisters: { workflows: [W] }',
      'c:2: temporal.address: "temporal:7233" is not on this machine: a server can be had at localhost:PORT or 127.0.0.1:PORT only'],
    ['two forms at once', `${two(main)}  taskQueue: Q\n`, 'c:4: temporal.taskQueues: cannot stand beside taskQueue, which is one of them'],
    ['registers beside queues', `${two(main)}registers: { workflows: [W] }`,
      'c:5: registers: cannot stand beside temporal.taskQueues: each ' +
      'queue names what is registered there'],
    ['two queues of one name', two(`${main}, { name: main, from: R, workflows: [V] }`),
      'c:4: temporal.taskQueues[1].name: "main" is listed ' +
      'twice'],
    ['two queues by one variable', two(`${main}, { name: b, from: Q, workflows: [V] }`),
      'c:4: temporal.taskQueues[1].from: "Q" is listed twice'],
    ['both from and fixed', two('{ name: a, from: Q, fixed: q, workflows: [W] }'),
      'c:4: temporal.taskQueues[0].fixed: has both from and fixed'],
    ['a queue that nobody tells', two('{ name: a, workflows: [W] }'),
      'c:4: temporal.taskQueues[0]: does not say how the worker is told its ' +
      'name: from: VARIABLE, fixed: NAME, or {queue.a} in arguments, files or the value of a variable'],
    ['a queue for nothing', two('{ name: a, from: Q }'), 'c:4: temporal.taskQueues[0]: "a" names neither a workflow nor an activity, ' +
      'and no endpoint of nexus leads there'],
    ['an execution elsewhere', `${two(main)}executions: [{ name: e, workflow: W, queue: mian, expect: { result: 1 } }]`,
      'c:5: executions[0].queue: "mian" is no task queue of temporal: main'],
    ['a placeholder of no queue', `${two(main)}arguments: ["{queue.mian}"]`,
      'c:5: arguments[0]: unknown placeholder {queue.mian}; did you ' +
      'mean {queue.main}?'],
    ['a placeholder that is not closed', `${two(main)}files: { a: "x {file.a" }`, 'c:5: files.a: "{file.a" is not closed: write {file.a}'],
    ['braces of a file of its own', `${two(main)}files: { a: "x {user.name}" }`, 'accepted'],
    ['a file elsewhere', `${two(main)}files: { ../a: x }`,
      'c:5: files.../a: expected a path in its working directory, or one that begins ' +
      'with ~/, got "../a"'],
    ['a type of search attribute', `worker: w\ntemporal: { address: A, searchAttributes: { C: Word } }\nregisters: { workflows: [W] }`,
      'c:2: temporal.searchAttributes.C: expected one of Text, Keyword, Int, Double, Bool, Datetime, KeywordList, got "Word"'],
  ])('%s', ([, text, message]) => expect(refusal(text)).toBe(message));
});

test('both forms come to the same', () => {
  const { temporal, registers } = parseContract(two('{ name: a, from: Q, workflows: [W] }, { name: b, fixed: q, activities: [x] }'), 'c');
  expect(registers).toEqual({ workflows: ['W'], activities: ['x'] });
  expect(temporal.taskQueues.map(({ name, from, fixed }) => [name, from, fixed])).toEqual([['a', 'Q', undefined], ['b', undefined, 'q']]);
  const short = parseContract('worker: w\ntemporal: { address: A, taskQueue: { fixed: q } }\nregisters: { workflows: [W] }', 'c');
  expect(short.temporal.taskQueues).toEqual([{ name: 'main', fixed: 'q', workflows: ['W'], activities: [] }]);
});
