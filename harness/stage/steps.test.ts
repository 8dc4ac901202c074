import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataConverter } from '../temporal/data-converter.ts';
import { startTestServer, type TestServer } from '../temporal/test-server.testing.ts';
import { awaitEnding, startWorkflow, type Execution } from '../temporal/execute.ts';
import { familyOf } from '../temporal/family.ts';
import { activityRuns } from '../temporal/history.ts';
import { compare } from './expectation.ts';
import { numbered } from './numbered.ts';
import { OwnWorkers, type StandInAnswers } from './own-workers.ts';
import type { Plan } from './plan.ts';
import { takeSteps } from './steps.ts';

// A real dev server and a real worker that hosts workflows only.
const taskQueue = 'steps-test';
let server: TestServer;
let client: Client;
let own: OwnWorkers;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  server = await startTestServer();
  client = new Client({ connection: server.connection, dataConverter });
  const answers: StandInAnswers = new Map();
  own = new OwnWorkers({ server: server.info, client, callers: 'callers', answers, codec: undefined });
  worker = await Worker.create({
    connection: server.native, taskQueue, dataConverter,
    workflowsPath: fileURLToPath(import.meta.resolve('./steps.fixture.ts')),
  });
  running = worker.run();
}, 180_000);

afterAll(async () => {
  worker.shutdown();
  await running;
  await own[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

let count = 100;

/** Drives an execution as an actor does. */
async function drive(plan: Partial<Plan>, deadlineMs = 40_000): Promise<Execution & { readonly wrong: string | undefined }> {
  const number = ++count;
  const all = numbered({ name: 'x', input: [], llm: [], expect: { result: null }, ...plan }, number);
  const id = all.id ?? `test-${number}`;
  await own.host(all, taskQueue);
  own.answer(id, all);
  const handle = await startWorkflow(client, all.workflow ?? '', taskQueue, id, all.input, 60_000);
  const messages = takeSteps(handle, all.steps ?? [], AbortSignal.timeout(120_000));
  const execution = await awaitEnding(handle, { deadlineMs, messages });
  return { ...execution, wrong: compare(all, execution)?.sentence };
}

const query = (name: string, result: unknown) => ({ query: name, input: [], expect: { result } });
const signal = (name: string, ...input: unknown[]) => ({ signal: name, input });
const n = { n: null };

test('messages go one after the other, a query until it is answered so, and stand-ins answer on each queue', async () => {
  const { wrong, ending } = await drive({
    workflow: 'approval', input: [n],
    steps: [
      query('state', 'waiting'), { update: 'amend', input: [n], expect: { result: n } },
      { update: 'amend', input: [-1], expect: { failure: { type: 'Negative' } } }, query('state', { $matches: '^wait' }),
      signal('approve', 'Ada {n}'),
    ],
    activities: {
      charge: { result: { id: n } },
      refund: { failure: { type: 'NoSuchCharge', message: 'none', nonRetryable: true }, queue: 'payments' },
    },
    expect: { result: { state: 'approved by Ada {n}', amount: n, charged: { id: n }, refunded: 'NoSuchCharge' } },
  });
  expect(wrong).toBeUndefined();
  expect(ending.kind).toBe('completed');
}, 120_000);

test('what is not answered as expected, is refused or was to be refused ends it early, with the step', async () => {
  const approval = { workflow: 'approval', input: [1] };
  const wrong = await Promise.all([
    drive({ ...approval, steps: [{ update: 'amend', input: [2], expect: { result: 3 } }] }),
    drive({ ...approval, steps: [{ update: 'amend', input: [-2] }] }),
    drive({ ...approval, steps: [query('state', 'waiting'), { update: 'amend', input: [2], expect: { failure: { type: 'Negative' } } }] }),
    drive({ ...approval, steps: [query('status', 'waiting')] }),
    drive({ ...approval, steps: [{ update: 'change', input: [2] }] }),
  ]);
  expect(wrong.map((one) => one.wrong)).toEqual([
    'step 1 (update amend) is not answered as expected: its answer is 2',
    'step 1 (update amend) failed with Negative: below 0',
    'step 2 (update amend) was accepted, but was to fail',
    expect.stringMatching(/^step 1 \(query status\) is refused: .*did not register a handler for status.*state/),
    expect.stringMatching(/^step 1 \(update change\) failed with .*change.*amend/s),
  ]);
  expect(wrong.map(({ ending }) => ending.kind)).toEqual(Array.from({ length: 5 }, () => 'stuck'));
}, 120_000);

test('an answer that never comes is told with what the execution waits for', async () => {
  const { wrong } = await drive({ workflow: 'approval', input: [1], steps: [query('state', 'shipped')] }, 6_000);
  const asked = 'step 1 (query state) is not answered as expected: its answer is "waiting"';
  expect(wrong).toBe(`${asked}; it waits for a message; it handles approve, amend (for 6.0 s in all)`);
}, 60_000);

test('a signal that the workflow does not know leaves it waiting; those that it knows are named', async () => {
  const steps = [query('state', 'waiting'), signal('aprove', 'Ada')];
  const { wrong } = await drive({ workflow: 'approval', input: [1], steps }, 6_000);
  expect(wrong).toBe('it did not end: it waits for a message; it handles approve, amend (for 6.0 s in all)');
}, 60_000);

test('one that ends before it was sent everything is wrong, though its result is as expected', async () => {
  const steps = [query('state', 'done'), signal('approve', 'Ada')];
  const { wrong } = await drive({ workflow: 'hasty', steps, expect: { result: 'done' } });
  expect(wrong).toBe('step 2 (signal approve) came too late: the execution had ended before');
  expect((await drive({ workflow: 'hasty', steps, expect: { result: 'other' } })).wrong).toBe('result is not as expected');
  const asked = await drive({ workflow: 'hasty', steps: [query('state', 'open')], expect: { result: 'done' } });
  expect(asked.wrong).toBe('step 1 (query state) is not answered as expected: its answer is "done"');
}, 60_000);

test('a child is told by its id, and its activities are answered as those of its parent', async () => {
  const { wrong, events } = await drive({
    workflow: 'parent', input: [n], steps: [{ signal: 'ready', to: 'child-{n}', input: [] }], activities: { charge: { result: 'ok {n}' } },
    expect: { result: 'ok {n}' },
  });
  expect(wrong).toBeUndefined();
  const family = await familyOf(client, events);
  expect(family.flatMap(activityRuns).map(({ type, closed }) => [type, closed])).toEqual([['charge', 'completed']]);
}, 60_000);

test('messages follow an execution that goes on as a new run, and its family has all of its runs', async () => {
  const id = 'turns-{n}';
  const { wrong, events } = await drive({
    workflow: 'turns', id, input: [1], steps: [signal('turn'), query('count', 2), signal('turn'), query('count', 3), signal('turn')],
    expect: { result: 3 },
  });
  expect(wrong).toBeUndefined();
  expect(await familyOf(client, events)).toHaveLength(3);
}, 60_000);

test('cancelled is an end of its own', async () => {
  const steps = [query('count', 1), { cancel: true as const, input: [] }];
  expect((await drive({ workflow: 'turns', input: [1], steps, expect: { cancelled: true } })).wrong).toBeUndefined();
  expect((await drive({ workflow: 'turns', input: [1], steps })).wrong).toBe('it ended as cancelled');
  const hasty = await drive({ workflow: 'hasty', expect: { cancelled: true } });
  expect(hasty.wrong).toBe('it completed, but was to end as cancelled');
}, 60_000);

test('what nobody will do is named: an activity where nobody polls, a timer, a child', async () => {
  const [waiting, parent] = await Promise.all([drive({ workflow: 'waits' }, 5_000), drive({ workflow: 'parent', input: [n] }, 5_000)]);
  expect(waiting.wrong).toBe('it did not end: it waits for activity charge on task queue "nobodys", which nobody polls for activities, ' +
    'and for a timer of 3600 s (for 5.0 s in all)');
  expect(parent.wrong).toMatch(/: it waits for child workflow child \("child-\d+"\): it waits for a message; it handles ready \(for/);
}, 60_000);

test('an activity that nothing stands in for says so', async () => {
  const { wrong } = await drive({
    workflow: 'approval', input: [1], steps: [query('state', 'waiting'), signal('approve', 'Ada')], activities: { refund: { result: 1 } },
  });
  expect(wrong).toMatch(/names nothing that stands in for activity charge: add it to activities of the execution/);
}, 60_000);
