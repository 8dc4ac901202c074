import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseTcp, socketsOf } from './sockets-linux.ts';

test('addresses of both families, with state and inode', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0
   1: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 4712 1 0 100 0 0 10 0
`;
  expect(parseTcp(table)).toEqual([
    { local: '127.0.0.1:8080', remote: '0.0.0.0:0', state: '0A', inode: '4711' },
    { local: '[0000:0000:0000:0000:0000:0000:0000:0001]:80', remote: '[0000:0000:0000:0000:0000:0000:0000:0000]:0', state: '0A',
      inode: '4712' },
  ]);
});

test.runIf(process.platform === 'linux')('where this process listens, and to where it is connected', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockets-'));
  const [tcp, unix] = [createServer().listen(0, '127.0.0.1'), createServer().listen(join(folder, 'own'))];
  onTestFinished(() => {
    tcp.close();
    unix.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await Promise.all([once(tcp, 'listening'), once(unix, 'listening')]);
  const at = tcp.address();
  const port = typeof at === 'object' ? at?.port ?? 0 : 0;
  const client = connect(port, '127.0.0.1');
  onTestFinished(() => void client.destroy());
  await once(client, 'connect');
  const { listening, connected } = socketsOf(process.pid);
  expect(listening).toEqual(expect.arrayContaining([`127.0.0.1:${port}`, join(folder, 'own')]));
  expect(connected).toContain(`127.0.0.1:${port}`);
});
