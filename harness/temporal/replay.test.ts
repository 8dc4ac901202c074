import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../system/wait.ts';
import { startTestServer, type TestServer } from './test-server.testing.ts';
import { awaitEnding, startWorkflow } from './execute.ts';
import { answerText, ask, closedRuns, declaredQueries, metadata, stackTrace, type ClosedRun } from './replay.ts';
import { closed, handOn, midway } from './take-over.ts';

let server: TestServer;
let client: Client;

beforeAll(async () => {
  server = await startTestServer();
  client = new Client({ connection: server.connection });
}, 120_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

async function worker(taskQueue: string, file: string, double = async (value: number) => value * 2): Promise<Worker> {
  return await Worker.create({
    connection: server.native, taskQueue, activities: { double },
    workflowsPath: fileURLToPath(import.meta.resolve(`./${file}.fixture.ts`)),
  });
}

async function ended(taskQueue: string, type: string, args: unknown[]): Promise<ClosedRun> {
  return await (await worker(taskQueue, 'workflows')).runUntil(async () => {
    const handle = await startWorkflow(client, type, taskQueue, `replay-${type}`, args, 30_000);
    await awaitEnding(handle, { deadlineMs: 20_000 });
    return await waitFor('the closed run', async () => (await closedRuns(client, taskQueue))[0], { deadlineMs: 10_000 });
  });
}

test('another worker replays a closed run to the same commands, or says that it does not', async () => {
  const run = await ended('replay-same', 'doubles', [21]);
  const again = await worker('replay-same', 'workflows');
  expect((await again.runUntil(ask(client, run, stackTrace))).kind).toBe('replayed');
  const changed = await worker('replay-same', 'changed-workflows');
  const replay = await changed.runUntil(ask(client, run, stackTrace));
  expect(replay).toMatchObject({ kind: 'differs', text: expect.stringMatching(/^\[TMPRL1100\] Nondeterminism error/) });
}, 60_000);

test('the queries that a workflow declares are listed, and their answers can be compared', async () => {
  const run = await ended('replay-queries', 'tells', []);
  await (await worker('replay-queries', 'workflows')).runUntil(async () => {
    expect(declaredQueries(await ask(client, run, metadata))).toEqual(['list', 'nothing']);
    const list = await ask(client, run, 'list');
    expect(answerText(list, 'ordered')).toBe('["b","a"]');
    expect(answerText(list, 'unordered')).toBe('["a","b"]');
    const unknown = await ask(client, run, 'unknown');
    expect(unknown.kind).toBe('refused');
    expect(answerText(unknown, 'ordered')).toBeUndefined();
  });
}, 60_000);

test('what a killed worker had in flight is offered again at once', async () => {
  const taskQueue = 'replay-open';
  const inFlight = Promise.withResolvers<void>();
  const attempts: number[] = [];
  const held = async (value: number): Promise<number> => {
    attempts.push(value);
    if (attempts.length === 1) await inFlight.promise;
    return value * 2;
  };
  await (await worker(taskQueue, 'workflows', held)).runUntil(async () => {
    const handle = await startWorkflow(client, 'doubles', taskQueue, 'replay-open', [21], 30_000);
    await waitFor('the activity in flight', async () => await midway(handle), { deadlineMs: 20_000 });
    expect(await handOn(handle)).toBe(true);
    expect((await awaitEnding(handle, { deadlineMs: 5_000 })).ending).toEqual({ kind: 'completed', result: 42 });
    expect(await midway(handle)).toBe(closed);
    expect(await handOn(handle)).toBe(false);
    inFlight.resolve();
  });
  expect(attempts).toEqual([21, 21]);
}, 60_000);
