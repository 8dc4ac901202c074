import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { inodeOf, ownerOf } from './socket-owner.ts';

test('a line of the table is found by both ports, its own first', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 111 1 0000000000000000 20 4 30 10 -1',
    '   1: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 222 1 0000000000000000 20 4 30 10 -1',
  ].join('\n');
  expect([inodeOf(table, 50_000, 8080), inodeOf(table, 8080, 50_000), inodeOf(table, 1, 2)]).toEqual(['222', '111', undefined]);
});

test.runIf(process.platform === 'linux')('the process at the other end of a connection is known while that is open', async () => {
  const accepted: Socket[] = [];
  const server = createServer((socket) => accepted.push(socket.on('error', () => {})));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const child = spawn(process.execPath, ['-e', `require('net').connect(${port}, '127.0.0.1')`], { stdio: 'ignore' });
  onTestFinished(() => {
    child.kill('SIGKILL');
    server.close();
  });
  await once(server, 'connection');
  const remote = accepted[0]?.remotePort ?? 0;
  expect([ownerOf(remote, port, []), ownerOf(remote, port, [child.pid ?? 0])]).toEqual([child.pid, child.pid]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(ownerOf(remote, port, [])).toBeUndefined();
});
