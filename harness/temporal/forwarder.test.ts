import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { waitFor } from '../system/wait.ts';
import { forwardTo, type Forwarder } from './forwarder.ts';

let server: Server;
let accepted: Socket[];
let forwarder: Forwarder;

beforeEach(async () => {
  accepted = [];
  server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    accepted.push(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  forwarder = await forwardTo(addressOf(server));
});

afterEach(async () => {
  await forwarder[Symbol.asyncDispose]();
  for (const socket of accepted) socket.destroy();
  if (server.listening) server.close();
});

function addressOf(listening: Server): string {
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return `127.0.0.1:${address.port}`;
}

/** A client that comes through the forwarder, with whatever it is sent. */
async function comeThrough(): Promise<{ readonly client: Socket; readonly received: Buffer[]; readonly partner: Socket }> {
  const client = connect({ host: '127.0.0.1', port: Number(forwarder.address.split(':')[1]), allowHalfOpen: true });
  const received: Buffer[] = [];
  client.on('data', (bytes: Buffer) => received.push(bytes));
  client.on('error', () => {});
  const before = accepted.length;
  const partner = await waitFor('the server to see the client', () => accepted[before], { deadlineMs: 5_000, everyMs: 5 });
  return { client, received, partner };
}

test('the first connection is noted, and no later one', async () => {
  expect(forwarder.connectionsAtMs[0]).toBeUndefined();
  const before = performance.now();
  await comeThrough();
  const first = forwarder.connectionsAtMs[0];
  expect(first).toBeGreaterThan(before);
  expect(first).toBeLessThan(performance.now());
  await comeThrough();
  expect(forwarder.connectionsAtMs[0]).toBe(first);
});

test('megabytes pass both ways as they are', async () => {
  const { client, received, partner } = await comeThrough();
  const bytes = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 7919) % 251));
  partner.pipe(partner);
  client.end(bytes);
  await once(client, 'end');
  expect(Buffer.concat(received).equals(bytes)).toBe(true);
});

test('who has ended its own half still gets the answer, from either side', async () => {
  const { client, received, partner } = await comeThrough();
  partner.resume();
  client.end('question');
  await once(partner, 'end');
  partner.end('answer');
  await once(client, 'end');
  expect(String(Buffer.concat(received))).toBe('answer');

  const second = await comeThrough();
  second.partner.end('greeting');
  await once(second.client, 'end');
  second.client.end('thanks');
  const [thanks] = (await once(second.partner, 'data')) as [Buffer];
  expect(String(thanks)).toBe('thanks');
});

describe('an abort ends the other side of its connection and nothing else', () => {
  test.each(['client', 'partner'] as const)('by the %s', async (who) => {
    const [broken, whole] = [await comeThrough(), await comeThrough()];
    const other = who === 'client' ? broken.partner : broken.client;
    const over = Promise.race([once(other, 'close'), once(other, 'end')]);
    other.resume();
    broken[who].resetAndDestroy();
    await over;
    whole.partner.write('still there');
    await once(whole.client, 'data');
    expect(String(Buffer.concat(whole.received))).toBe('still there');
  });

  test('by a server that is not there', async () => {
    const nobody = createServer();
    nobody.listen(0, '127.0.0.1');
    await once(nobody, 'listening');
    const address = addressOf(nobody);
    nobody.close();
    await once(nobody, 'close');
    await using other = await forwardTo(address);
    const client = connect(Number(other.address.split(':')[1]), '127.0.0.1');
    client.on('error', () => {}).resume();
    await once(client, 'close');
    expect(other.connectionsAtMs[0]).toBeDefined();
  });
});

test('its end closes every connection and gives the port back, also when it is ended twice', async () => {
  const { client } = await comeThrough();
  const closed = Promise.race([once(client, 'close'), once(client, 'end')]);
  await Promise.all([forwarder[Symbol.asyncDispose](), forwarder[Symbol.asyncDispose]()]);
  await closed;
  const late = connect(Number(forwarder.address.split(':')[1]), '127.0.0.1');
  const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNREFUSED');
});
