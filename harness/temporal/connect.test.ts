import { setTimeout as pause } from 'node:timers/promises';
import { Client, type Connection, type WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRunFolder, newRun, removeRun } from '../system/launch/run-folder.ts';
import { Launch } from '../system/launch/launch.ts';
import { startCaller } from './caller.ts';
import { connect } from './connect.ts';
import { awaitEnding, startWorkflow } from './execute.ts';
import { listPollers } from './pollers.ts';
import { untilReady } from './ready.ts';
import type { TemporalServer } from './server.ts';
import { startServer } from './server.ts';
import { silence, type Silence } from './silence.testing.ts';

// A real dev server behind a port that falls silent after the first answers.
const run = newRun();
createRunFolder(run);
let server: TemporalServer;
let front: Silence;
let connection: Connection;
let handle: WorkflowHandle;

beforeAll(async () => {
  server = await startServer({ run, signal: AbortSignal.timeout(60_000), say: () => {} });
  front = await silence(server.info.address);
  connection = await connect({ kind: 'dev-server', address: front.address }, { connectMs: 5_000, callMs: 1_000 });
  handle = await startWorkflow(new Client({ connection, namespace: 'default' }), 'nobodyHasIt', 'silent', 'silent', [], 20_000);
  front.fall();
}, 90_000);

afterAll(async () => {
  await connection.close();
  await front[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  removeRun(run);
});

async function soon(work: Promise<unknown>, milliseconds: number): Promise<unknown> {
  const start = performance.now();
  const thrown = await work.then(() => expect.fail('it was answered'), (error: unknown) => error);
  expect(performance.now() - start).toBeLessThan(milliseconds);
  return thrown;
}

test('nobody connects to a server that accepts and never answers, and no channel stays behind', async () => {
  await using nobody = await silence();
  const connecting = connect({ kind: 'dev-server', address: nobody.address }, { connectMs: 500, callMs: 500 });
  expect(await soon(connecting, 5_000)).toBeInstanceOf(Error);
});

test('a channel to our own server that does not come up is replaced', async () => {
  await using place = await silence(server.info.address);
  place.cut();
  setTimeout(() => place.mend(), 700);
  const own = await connect({ kind: 'dev-server', address: place.address }, { connectMs: 500, callMs: 1_000 });
  expect(await listPollers(own, 'default', 'x')).toEqual([]);
  await own.close();
});

test('a call that is not answered ends at its deadline', async () => {
  expect(await soon(listPollers(connection, 'default', 'x'), 6_000)).toMatchObject({ code: 4 });
  expect(await soon(handle.describe(), 6_000)).toMatchObject({ cause: { code: 4 } });
});

test('a call that waits to be repeated when the connection is closed ends as cancelled, and throws nowhere else', async () => {
  await using place = await silence(server.info.address);
  const own = await connect({ kind: 'dev-server', address: place.address });
  place.cut();
  const asking = listPollers(own, 'default', 'x').then(() => expect.fail('it was answered'), (error: unknown) => error);
  await pause(60); // it has failed, and is repeated 70 to 130 ms later
  await own.close();
  expect(await asking).toMatchObject({ code: 1 });
});

test('an execution on a server that fell silent is not called stuck', async () => {
  expect(await soon(awaitEnding(handle, { deadlineMs: 800 }), 6_000)).toMatchObject({ name: 'WaitFailed', kind: 'unanswered' });
  const signal = AbortSignal.timeout(200);
  expect(await soon(awaitEnding(handle, { deadlineMs: 60_000, signal }), 6_000)).toMatchObject({ kind: 'interrupted' });
});

test('a worker that is gone is noticed although the server is silent', async () => {
  const over = (): string => 'it exited with 3';
  // The wait ends at once; the history of a silent server cannot be had, which is the server's fault.
  const failed = await soon(awaitEnding(handle, { deadlineMs: 60_000, over }), 6_000);
  expect([failed, failed instanceof Error ? failed.cause : undefined]).toContainEqual(expect.objectContaining({ code: 4 }));
  const launch = Launch.start(run, { file: '/bin/sh', args: ['-c', 'sleep 0.3; exit 3'], variant: 'subject' }, {});
  const post = { namespace: 'default', taskQueues: [{ name: 'main', taskQueue: 'x', kinds: ['workflow'] }] } as const;
  expect(await soon(untilReady(connection, launch, post, { deadlineMs: 60_000 }), 6_000)).toMatchObject({
    kind: 'over', message: expect.stringContaining('it exited with 3'),
  });
  await launch.dispose();
});

test("the harness's own worker neither starts nor stops for ever", async () => {
  const other = await silence(server.info.address);
  const info = { ...server.info, address: other.address };
  const caller = await startCaller(info, 'default', 'own');
  other.fall();
  const start = performance.now();
  await caller[Symbol.asyncDispose]();
  await other[Symbol.asyncDispose]();
  expect(performance.now() - start).toBeLessThan(12_000);
  await using nobody = await silence();
  await soon(startCaller({ ...info, address: nobody.address }, 'default', 'own', { deadlineMs: 1_000 }), 6_000);
}, 60_000);
