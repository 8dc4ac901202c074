import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApplicationFailure, Client } from '@temporalio/client';
import { dataConverter } from './data-converter.ts';
import { startTestServer, type TestServer } from './test-server.testing.ts';
import { awaitEnding, startWorkflow } from './execute.ts';
import { faultsOf } from './faults.ts';
import { historyOf, runsOf } from './histories.ts';
import { activityRuns, sdkOf, workflowTaskIdentities } from './history.ts';
import { listPollers, pidsIn } from './pollers.ts';

// A real dev server and a real worker of another SDK: what is read from a server must not depend on Python.
const taskQueue = 'execute-test';
let server: TestServer;
let client: Client;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  server = await startTestServer();
  client = new Client({ connection: server.connection, dataConverter });
  worker = await Worker.create({
    connection: server.native,
    taskQueue,
    dataConverter,
    workflowsPath: fileURLToPath(import.meta.resolve('./workflows.fixture.ts')),
    activities: { async double(value: number) { return value * 2; }, async same(value: unknown) { return value; }, flaky: failsOnce() },
  });
  running = worker.run();
}, 120_000);

afterAll(async () => {
  worker.shutdown();
  await running;
  await server[Symbol.asyncDispose]();
});

/** Fails at the first call with each key. */
function failsOnce(): (key: string) => Promise<number> {
  const seen = new Set<string>();
  return async (key) => {
    if (seen.has(key)) return 1;
    seen.add(key);
    throw ApplicationFailure.create({ message: `no ${key} yet`, type: 'NotYet' });
  };
}

async function execute(type: string, args: unknown[]): ReturnType<typeof awaitEnding> {
  const handle = await startWorkflow(client, type, taskQueue, `test-${type}`, args, 30_000);
  return awaitEnding(handle, { deadlineMs: 20_000 });
}

test('an integer keeps every digit on its way through workflow and activity', async () => {
  const values = [9_007_199_254_740_993n, { id: -(2n ** 64n), text: '9007199254740993' }, 1, 1.5];
  expect((await execute('givesBack', [values])).ending).toEqual({ kind: 'completed', result: values });
});

test('a completed execution has its result, its activities and its SDK', async () => {
  const { ending, events } = await execute('doubles', [21]);
  expect(ending).toEqual({ kind: 'completed', result: 42 });
  expect(activityRuns(events)).toEqual([
    { id: '1', type: 'double', taskQueue, attempt: 1, identity: expect.stringContaining('@'), closed: 'completed' },
  ]);
  expect(sdkOf(events)?.name).toBe('temporal-typescript');
  expect(workflowTaskIdentities(events).flatMap(pidsIn)).toContain(process.pid);
});

test('a planned failure keeps its type and its flag', async () => {
  const { ending } = await execute('failsAsPlanned', []);
  expect(ending).toEqual({ kind: 'failed', failure: {
    type: 'Planned', nonRetryable: true, message: 'planned', chain: ['Workflow execution failed', 'Planned: planned'],
  } });
});

test('what was tried again is told from the history: activities, local ones, those called again, and child workflows', async () => {
  const { ending, events } = await execute('triesAgain', []);
  expect(ending).toEqual({ kind: 'completed', result: 'done' });
  expect(faultsOf(events)).toEqual([
    { what: 'activity', type: 'flaky', attempts: 2, why: 'NotYet: no activity yet' },
    { what: 'activity', type: 'flaky', attempts: 2, why: 'it failed, and the workflow called it again with the same input' },
    { what: 'activity', type: 'flaky', attempts: 2, why: 'a local activity' },
  ]);
  const runs = (await runsOf(server.connection, 'default')).filter(({ rootId }) => rootId === 'test-triesAgain');
  const children = runs.filter(({ workflowId }) => workflowId !== 'test-triesAgain');
  expect(children).toHaveLength(2);
  const last = children.toSorted((a, b) => b.fromMs - a.fromMs)[0];
  if (last === undefined) throw new Error('no child');
  expect(faultsOf(await historyOf(server.connection, 'default', last))).toEqual([
    { what: 'workflow', type: 'child', attempts: 2, why: 'NotReady: the child is not ready' },
  ]);
});

test('an execution whose workflow task keeps failing is given up early, with the reason', async () => {
  const start = performance.now();
  const { ending, events } = await execute('breaksItsTask', []);
  expect(ending).toMatchObject({ kind: 'stuck', why: expect.stringMatching(/its workflow task failed \d times in a row: a defect/) });
  expect(faultsOf(events)).toEqual([{ what: 'workflow task', type: 'breaksItsTask', attempts: 1, why: 'a defect' }]);
  expect(performance.now() - start).toBeLessThan(19_000);
});

test('an activity that keeps failing is told with its last failure', async () => {
  const { ending } = await execute('callsNobody', []);
  expect(ending).toMatchObject({ kind: 'stuck', why: expect.stringMatching(/activity nobody failed \d times in a row: .*nobody/) });
});

test('the server lists the pollers of the queue with their process', async () => {
  const pollers = await listPollers(server.connection, 'default', taskQueue);
  expect(new Set(pollers.map((poller) => poller.queue))).toEqual(new Set(['workflow', 'activity']));
  expect(pollers.flatMap((poller) => pidsIn(poller.identity))).toContain(process.pid);
});

test("what nobody can read is a failure that was not promised, not the harness's fault", async () => {
  const queue = 'strange';
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const strange = await Worker.create({
    connection: server.native,
    taskQueue: queue,
    workflowsPath: fileURLToPath(import.meta.resolve('./workflows.fixture.ts')),
    activities: { async double(value: number) { return value * 2; } },
    dataConverter: { payloadCodecs: [{
      encode: async (payloads) => payloads.map((payload) => ({ ...payload, metadata: { encoding: bytes('strange/none') } })),
      decode: async (payloads) => payloads.map((payload) => ({ ...payload, metadata: { encoding: bytes('json/plain') } })),
    }] },
  });
  const { ending } = await strange.runUntil(async () => {
    const handle = await startWorkflow(client, 'doubles', queue, 'strange', [21], 30_000);
    return awaitEnding(handle, { deadlineMs: 20_000 });
  });
  expect(ending).toMatchObject({ kind: 'failed', failure: {
    type: undefined, message: expect.stringMatching(/^what it ended with cannot be read: .*strange\/none/),
  } });
});
