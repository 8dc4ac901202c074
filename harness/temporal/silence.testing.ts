import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A loopback port in front of a server that can fall silent: connections stay open and are accepted, and nobody answers. */
export type Silence = AsyncDisposable & { readonly address: string; fall(): void };

/** Without a target it is silent from the start. */
export async function silence(target?: string): Promise<Silence> {
  let silent = target === undefined;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => sockets.add(socket) && socket.on('error', () => {});
  const server = createServer((client) => {
    keep(client);
    if (silent || target === undefined) return;
    const upstream = keep(connect(Number(target.split(':')[1]), '127.0.0.1'));
    client.on('data', (bytes) => silent || upstream.write(bytes));
    upstream.on('data', (bytes) => silent || client.write(bytes));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const place = server.address();
  return {
    address: `127.0.0.1:${typeof place === 'object' ? place?.port : place}`,
    fall: () => void (silent = true),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
