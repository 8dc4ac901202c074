import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/**
 * A loopback port in front of a server that can fall silent: connections stay open and are accepted, and nobody answers. Or it is cut:
 * every connection ends, and so does each that is tried before it is mended.
 */
export type Silence = AsyncDisposable & { readonly address: string; fall(): void; cut(): void; mend(): void };

/** Without a target it is silent from the start. */
export async function silence(target?: string): Promise<Silence> {
  let [silent, isCut] = [target === undefined, false];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => sockets.add(socket) && socket.on('error', () => {});
  const server = createServer((client) => {
    keep(client);
    if (isCut) client.destroy();
    if (isCut || silent || target === undefined) return;
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
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => void (isCut = false),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
