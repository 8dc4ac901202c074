import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { operation, service, serviceHandler } from 'nexus-rpc';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../system/wait.ts';
import { startCaller, type Caller } from './caller.ts';
import { dataConverter } from './data-converter.ts';
import { startTestServer, type TestServer } from './test-server.testing.ts';
import { awaitEnding, startWorkflow, type Ending } from './execute.ts';
import { makeEndpoints } from './nexus.ts';
import { listPollers } from './pollers.ts';

// A real dev server, and a worker of another SDK that offers a Nexus service and nothing else.
const [namespace, taskQueue] = ['default', 'orders-queue'];
const orders = service('Orders', { double: operation<number, number>(), reject: operation<number, number>() });
let server: TestServer;
let worker: Worker;
let running: Promise<void>;
let caller: Caller;

beforeAll(async () => {
  server = await startTestServer();
  worker = await Worker.create({
    connection: server.native, namespace, taskQueue,
    nexusServices: [serviceHandler(orders, {
      double: async (_, value) => value * 2,
      reject: async () => { throw ApplicationFailure.create({ message: 'sold out', type: 'SoldOut', nonRetryable: true }); },
    })],
    workflowsPath: fileURLToPath(import.meta.resolve('./workflows.fixture.ts')),
  });
  running = worker.run();
  caller = await startCaller(server.info, namespace, 'callers');
}, 120_000);

afterAll(async () => {
  await caller[Symbol.asyncDispose]();
  worker.shutdown();
  await running;
  await server[Symbol.asyncDispose]();
});

async function call(name: string): Promise<Ending> {
  const client = new Client({ connection: server.connection, namespace, dataConverter });
  const called = { endpoint: 'orders', service: 'Orders', operation: name, args: [21] };
  const handle = await startWorkflow(client, 'anything', caller.taskQueue, `nexus-${name}`, [called], 30_000);
  return (await awaitEnding(handle, { deadlineMs: 30_000, signal: AbortSignal.timeout(60_000) })).ending;
}

test('an operation is called through an endpoint that was made, and made only once', async () => {
  const endpoint = { name: 'orders', namespace, taskQueue };
  await makeEndpoints(server.connection, [endpoint]);
  await makeEndpoints(server.connection, [endpoint]);
  expect(await call('double')).toMatchObject({ kind: 'completed', result: 42 });
}, 60_000);

test('what an operation fails with is told as its own', async () => {
  expect(await call('reject')).toMatchObject({ kind: 'failed', failure: { type: 'SoldOut', nonRetryable: true } });
}, 60_000);

test('who waits for operations is seen where that is asked', async () => {
  const signal = AbortSignal.timeout(30_000);
  const pollers = await waitFor('a poller', async () => {
    const found = await listPollers(server.connection, namespace, taskQueue, ['nexus']);
    return found.length > 0 ? found : undefined;
  }, { deadlineMs: 20_000, signal });
  expect(pollers.every(({ queue }) => queue === 'nexus')).toBe(true);
});
