import { once } from 'node:events';
import { connect, createServer, type ClientHttp2Session, type Http2Server } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { gzipSync } from 'node:zlib';
import proto from '@temporalio/proto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { waitFor } from '../system/wait.ts';
import { forwardTo, type Forwarder } from './forwarder.ts';
import { readPolls, type Read } from './polls.ts';

const { PollWorkflowTaskQueueRequest, PollActivityTaskQueueRequest, StartWorkflowExecutionRequest } =
  proto.temporal.api.workflowservice.v1;

let server: Http2Server;
let forwarder: Forwarder;
let client: ClientHttp2Session;
let read: Read[];

beforeEach(async () => {
  server = createServer();
  server.on('stream', (stream) => {
    stream.on('error', () => {});
    stream.resume().on('end', () => {
      stream.respond({ ':status': 200 });
      stream.end('answer');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  read = [];
  forwarder = await forwardTo(`127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, {
    reader: () => readPolls((one) => read.push(one)),
  });
  client = connect(`http://${forwarder.address}`);
});

afterEach(async () => {
  client.destroy();
  await forwarder[Symbol.asyncDispose]();
  server.close();
});

async function call(name: string, message: Uint8Array, packed = false): Promise<string> {
  const body = packed ? gzipSync(message) : Buffer.from(message);
  const head = Buffer.from([packed ? 1 : 0, 0, 0, 0, 0]);
  head.writeUInt32BE(body.length, 1);
  const stream = client.request({ ':method': 'POST', ':path': `/temporal.api.workflowservice.v1.WorkflowService/${name}` });
  stream.end(Buffer.concat([head, body]));
  let answer = '';
  for await (const chunk of stream) answer += String(chunk);
  return answer;
}

const poll = { namespace: 'n', taskQueue: { name: 'q' }, identity: '12@host' };

test('polls are read, packed or not, among calls of all kinds and sizes, and every call is answered', async () => {
  const large = StartWorkflowExecutionRequest.encode({ requestId: 'x'.repeat(300_000) }).finish();
  const answers = [];
  for (let times = 0; times < 20; times += 1) {
    answers.push(await call('StartWorkflowExecution', large));
    await new Promise((resolve) => client.ping(resolve));
    answers.push(await call('PollActivityTaskQueue', PollActivityTaskQueueRequest.encode(poll).finish(), times % 2 === 0));
  }
  expect(new Set(answers)).toEqual(new Set(['answer']));
  await waitFor('the last poll', () => (read.length === 20 ? true : undefined), { deadlineMs: 5_000 });
  expect(read).toEqual(Array.from({ length: 20 }, () => (
    { poll: { kind: 'activity', namespace: 'n', taskQueue: 'q', identity: '12@host' } }
  )));
});

test('a sticky queue counts as the one that it belongs to', async () => {
  const taskQueue = { name: 'host:1234', kind: proto.temporal.api.enums.v1.TaskQueueKind.TASK_QUEUE_KIND_STICKY, normalName: 'q' };
  await call('PollWorkflowTaskQueue', PollWorkflowTaskQueueRequest.encode({ ...poll, taskQueue }).finish());
  await waitFor('the poll', () => read[0], { deadlineMs: 5_000 });
  expect(read).toEqual([{ poll: { kind: 'workflow', namespace: 'n', taskQueue: 'q', identity: '12@host' } }]);
});

test('what is no HTTP/2 cannot poll, and one that breaks off in the middle is told, once', async () => {
  const [hostname = '', port = ''] = forwarder.address.split(':');
  const say = async (bytes: Buffer): Promise<void> => {
    const socket = connectTcp({ host: hostname, port: Number(port) });
    socket.on('error', () => {});
    socket.write(bytes);
    socket.write('more');
    await call('PollActivityTaskQueue', PollActivityTaskQueueRequest.encode(poll).finish());
    socket.destroy();
  };
  await say(Buffer.from([0x16, 3, 1, 0, 1, 0]));
  expect(read.filter((one) => 'unreadable' in one)).toEqual([]);
  await say(Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\xff\xff\xff012345', 'latin1'));
  expect(read.filter((one) => 'unreadable' in one)).toEqual([{ unreadable: 'a frame of it is longer than any may be' }]);
});
