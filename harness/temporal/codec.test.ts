import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { CouldNotJudge } from '../model/errors.ts';
import { exactText } from '../model/exact-json.ts';
import { startCaller } from './caller.ts';
import { cipher, serveCodec } from './codec-endpoint.testing.ts';
import { codecFault, decodeEvents, decodePayloads, RemoteCodec } from './codec.ts';
import { dataConverterWith } from './data-converter.ts';
import { startTestServer, type TestServer } from './test-server.testing.ts';
import { awaitEnding, startWorkflow, type Ending } from './execute.ts';
import { eventsOf } from './history.ts';

// A real server, a real worker with a codec of its own, and that codec behind the protocol.
const taskQueue = 'codec-test';
const codec = cipher();
let server: TestServer;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  server = await startTestServer();
  worker = await Worker.create({
    connection: server.native, taskQueue, dataConverter: dataConverterWith(codec),
    workflowsPath: fileURLToPath(import.meta.resolve('./workflows.fixture.ts')),
    activities: { async double(value: number) { return value * 2; }, async same(value: unknown) { return value; } },
  });
  running = worker.run();
}, 120_000);

afterAll(async () => {
  worker.shutdown();
  await running;
  await server[Symbol.asyncDispose]();
});

type Served = Awaited<ReturnType<typeof serveCodec>>;

async function served(of = codec): Promise<{ client: Client; remote: RemoteCodec; endpoint: Served }> {
  const endpoint = await serveCodec(of);
  onTestFinished(() => endpoint[Symbol.asyncDispose]());
  const remote = new RemoteCodec({ url: `${endpoint.url}/`, namespace: 'default', authorization: 'Bearer x' });
  return { client: new Client({ connection: server.connection, dataConverter: dataConverterWith(remote) }), remote, endpoint };
}

let count = 0;
async function ending(client: Client, type: string, ...args: unknown[]): Promise<Ending> {
  const handle = await startWorkflow(client, type, taskQueue, `codec-${count++}`, args, 60_000);
  return (await awaitEnding(handle, { deadlineMs: 40_000 })).ending;
}

test('inputs, results and failures go through the endpoint', async () => {
  const { client, endpoint } = await served();
  expect(await ending(client, 'doubles', 21)).toEqual({ kind: 'completed', result: 42 });
  expect(await ending(client, 'failsAsPlanned')).toMatchObject({ kind: 'failed', failure: { type: 'Planned' } });
  expect(endpoint.asked[0]).toMatchObject({ 'x-namespace': 'default', authorization: 'Bearer x', 'content-type': 'application/json' });
});

test('bytes are put in and come back, alone and through the workflow of the harness', async () => {
  const { client, remote } = await served();
  const bytes = { $base64: 'AAH/8J+YgA==' };
  const result = await ending(client, 'givesBack', bytes);
  expect(exactText(result)).toBe(exactText({ kind: 'completed', result: bytes }));
  expect(result).toMatchObject({ result: expect.any(Uint8Array) });
  const caller = await startCaller(server.info, 'default', 'codec-callers', { codec: remote });
  onTestFinished(() => caller[Symbol.asyncDispose]());
  const call = { activity: 'same', taskQueue, args: [bytes], maximumAttempts: 1 };
  const handle = await startWorkflow(client, 'anything', caller.taskQueue, 'codec-call', [call], 60_000);
  const called = (await awaitEnding(handle, { deadlineMs: 40_000 })).ending;
  expect(exactText(called)).toBe(exactText({ kind: 'completed', result: bytes }));
});

test('histories are encoded on the server and decoded for comparison', async () => {
  const { client } = await served();
  const handle = await startWorkflow(client, 'doubles', taskQueue, 'codec-history', [21], 60_000);
  await awaitEnding(handle, { deadlineMs: 40_000 });
  const events = await eventsOf(handle);
  const inputsOf = (all: typeof events) => all.flatMap((event) => (
    event.activityTaskScheduledEventAttributes?.input?.payloads?.map(({ data }) => Buffer.from(data ?? []).toString()) ?? []
  ));
  expect(inputsOf(events)).not.toEqual(['21']);
  const decoded = await decodeEvents(client, events);
  expect(inputsOf([...decoded])).toEqual(['21']);
  expect(decoded[0]?.eventTime).toBe(events[0]?.eventTime);
});

test('without a codec what came is told by its encoding, with the key that is missing', async () => {
  const client = new Client({ connection: server.connection, dataConverter: dataConverterWith(undefined) });
  expect(await ending(client, 'doubles', 21)).toMatchObject({ kind: 'failed', failure: {
    message: expect.stringMatching(/^what it ended with cannot be read: its encoding is binary\/encrypted, .*\(codec: \{ url: … \}\)/),
  } });
});

test("a codec with another key than the worker's is the worker's fault, as long as it reads what it wrote itself", async () => {
  const { client } = await served({ ...codec, decode: async (payloads) => cipher().decode(payloads) });
  await expect(ending(client, 'doubles', 21)).rejects.toThrow(CouldNotJudge);
  const other = await served({ ...cipher(), encode: async (payloads) => payloads });
  expect(await ending(other.client, 'doubles', 21)).toMatchObject({ kind: 'failed', failure: {
    message: expect.stringMatching(/the codec of the contract \(codec: http:\S+\) answers \/decode with HTTP 500: .* has another key/),
  } });
  expect(codecFault(other.client)).toBeUndefined();
});

test('a codec that does not answer, or answers with something else, says nothing about the worker', async () => {
  const { client, endpoint } = await served();
  await endpoint[Symbol.asyncDispose]();
  await expect(ending(client, 'doubles', 21)).rejects.toThrow(/^the codec of the contract \(codec: \S+\) does not answer: .*ECONNREFUSED/);
  expect(codecFault(client)).toMatch(/does not answer/);
  const strange = await served({ encode: async () => [], decode: async () => [] });
  await expect(ending(strange.client, 'doubles', 21)).rejects.toThrow(/something else than 1 payloads/);
});

test("what another SDK wrote as a message's JSON or bytes is read as it is", async () => {
  const plain = new Client({ connection: server.connection, dataConverter: dataConverterWith(undefined) });
  const { payloadConverter } = await import('./payload-converter.ts');
  const from = (encoding: string, text: string): unknown => (
    payloadConverter.fromPayload({ metadata: { encoding: Buffer.from(encoding) }, data: Buffer.from(text) })
  );
  expect(from('json/protobuf', '{"id":"12345678901234567890","n":12345678901234567890}')).toEqual({
    id: '12345678901234567890', n: 12_345_678_901_234_567_890n,
  });
  expect(exactText(from('binary/protobuf', 'a'))).toBe('{"$base64":"YQ=="}');
  expect(await decodePayloads(plain, [{ data: Buffer.from('x') }])).toEqual([{ data: Buffer.from('x') }]);
});
