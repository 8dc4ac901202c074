import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect as connectTcp, createServer, type Server } from 'node:net';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { waitFor } from '../../system/wait.ts';
import { forwardTo, type Forwarder } from '../forwarder.ts';
import { readPolls, type Call } from '../polls.ts';
import { makeCertificates } from './certificates.ts';
import { greetByTls, type Arrival, type Shown } from './greeter.ts';

const folder = await mkdtemp(join(tmpdir(), 'frostgate-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [{ told, servers }, mutual] = await Promise.all([
  makeCertificates(join(folder, 'plain'), { isToldServerName: false, hasCertificate: false }),
  makeCertificates(join(folder, 'mutual'), { isToldServerName: true, hasCertificate: true }),
]);

let echo: Server;
let arrivals: Arrival[];
let calls: Call[];
let door: Forwarder | undefined;

beforeEach(async () => {
  echo = createServer((socket) => void socket.on('error', () => {}).pipe(socket));
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  [arrivals, calls] = [[], []];
});

afterEach(async () => {
  await door?.[Symbol.asyncDispose]();
  echo.close();
});

async function opened(shown: Shown): Promise<number> {
  const own = echo.address();
  const greet = greetByTls(shown, (arrival) => void arrivals.push(arrival));
  door = await forwardTo(`127.0.0.1:${typeof own === 'object' ? own?.port : ''}`, {
    greet, reader: () => readPolls(() => {}, (call) => void calls.push(call)),
  });
  return Number(door.address.split(':')[1]);
}

function client(port: number, options: ConnectionOptions): TLSSocket {
  return connect({ host: '127.0.0.1', port, ALPNProtocols: ['h2'], ...options });
}

async function answer(socket: TLSSocket, text = 'question'): Promise<string> {
  socket.write(text);
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return String(bytes);
}

const settled = (): Promise<Arrival> => waitFor('how it came', () => arrivals.find(({ state }) => state !== 'greeting'), {
  deadlineMs: 5_000, everyMs: 5,
});

test('who trusts the authority is led on, in clear', async () => {
  const socket = client(await opened(servers.right), { ca: told.caPem });
  expect(await answer(socket)).toBe('question');
  expect(socket.alpnProtocol).toBe('h2');
  expect(arrivals).toEqual([{ state: 'open', how: 'tls', why: undefined, serverName: undefined, certificate: 'none' }]);
});

test('megabytes pass both ways as they are', async () => {
  const socket = client(await opened(servers.right), { ca: told.caPem });
  const bytes = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 7919) % 251));
  const received: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => received.push(chunk));
  socket.write(bytes);
  await waitFor('all of it', () => Buffer.concat(received).length === bytes.length || undefined, { deadlineMs: 20_000, everyMs: 20 });
  socket.destroy();
  expect(Buffer.concat(received).equals(bytes)).toBe(true);
});

test('who does not trust it is told with the reason that it gave', async () => {
  const socket = client(await opened(servers.unknown), { ca: told.caPem }).on('error', () => {});
  await new Promise((resolve) => void socket.once('close', resolve));
  expect(await settled()).toMatchObject({ state: 'refused', how: 'tls' });
});

test('a name that is another\'s is refused after the handshake by some, without a word', async () => {
  const socket = client(await opened(servers.misnamed), { ca: told.caPem }).on('error', () => {});
  await new Promise((resolve) => void socket.once('close', resolve));
  expect(await settled()).toMatchObject({ state: 'refused', how: 'tls' });
});

test('who verifies nothing is open once it speaks', async () => {
  expect(await answer(client(await opened(servers.unknown), { rejectUnauthorized: false }))).toBe('question');
  expect(arrivals).toMatchObject([{ state: 'open', how: 'tls' }]);
});

test('a certificate is ours, another\'s, or none; the name is what the client calls the server', async () => {
  const { told: own } = mutual;
  const port = await opened(mutual.servers.right);
  const options = { ca: own.caPem, servername: own.serverName };
  await answer(client(port, { ...options, cert: own.certPem, key: own.keyPem }));
  await answer(client(port, { ...options, cert: told.certPem, key: told.keyPem }));
  await answer(client(port, options));
  expect(arrivals.map(({ certificate, serverName }) => [certificate, serverName])).toEqual(
    ['ours', 'another', 'none'].map((certificate) => [certificate, own.serverName]),
  );
});

test('who does not speak TLS is heard all the same', async () => {
  const port = await opened(servers.right);
  const socket = connectTcp(port, '127.0.0.1');
  socket.write('PRI question');
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  expect(String(bytes)).toBe('PRI question');
  expect(arrivals).toMatchObject([{ state: 'open', how: 'plain' }]);
});

test('who says nothing is nobody yet, and goes with the door', async () => {
  const socket = connectTcp(await opened(servers.right), '127.0.0.1');
  await once(socket, 'connect');
  await door?.[Symbol.asyncDispose]();
  await once(socket, 'close');
  expect(arrivals).toEqual([]);
});

test('calls are read with what they show', async () => {
  const session = connectHttp2(`https://127.0.0.1:${await opened(servers.right)}`, { ca: told.caPem }).on('error', () => {});
  session.request({ ':method': 'POST', ':path': '/a/Call', 'authorization': 'Bearer k' }).on('error', () => {}).end();
  session.request({ ':method': 'POST', ':path': '/a/Other' }).on('error', () => {}).end();
  await waitFor('both calls', () => calls.length === 2 || undefined, { deadlineMs: 5_000, everyMs: 5 });
  session.destroy();
  expect(calls).toEqual([{ path: '/a/Call', authorization: 'Bearer k' }, { path: '/a/Other', authorization: undefined }]);
});
