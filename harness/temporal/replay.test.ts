import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client, type Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRunFolder, newRun } from '../system/launch/run-folder.ts';
import { waitFor } from '../system/wait.ts';
import { quietSdk } from './caller.ts';
import { connect } from './connect.ts';
import { awaitEnding, startWorkflow } from './execute.ts';
import { answerText, ask, closedRuns, declaredQueries, metadata, stackTrace, type ClosedRun } from './replay.ts';
import type { TemporalServer } from './server.ts';
import { startServer } from './server.ts';
import { closed, handOn, midway } from './take-over.ts';

const folder = newRun();
createRunFolder(folder);
let server: TemporalServer;
let environment: TestWorkflowEnvironment;
let connection: Connection;
let client: Client;

beforeAll(async () => {
  await quietSdk();
  server = await startServer({ run: folder, signal: AbortSignal.timeout(60_000), say: () => {} });
  environment = await TestWorkflowEnvironment.createFromExistingServer({ address: server.info.address, namespace: 'default' });
  connection = await connect(server.info);
  client = new Client({ connection });
}, 120_000);

afterAll(async () => {
  await connection.close();
  await environment.teardown();
  await server[Symbol.asyncDispose]();
  rmSync(folder.folder, { recursive: true, force: true });
});

async function worker(taskQueue: string, file: string, double = async (value: number) => value * 2): Promise<Worker> {
  return await Worker.create({
    connection: environment.nativeConnection, taskQueue, activities: { double },
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
