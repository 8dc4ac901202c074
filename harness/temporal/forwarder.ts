import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { InfrastructureError, messageOf } from '../model/errors.ts';

/**
 * A loopback port that leads to a server and notes when somebody comes through it. Bytes pass both ways as they are, and
 * each side may end its half by itself; whatever happens to a connection ends that connection alone.
 */
export type Forwarder = AsyncDisposable & {
  /** Where to connect instead of the server's own address. */
  readonly address: string;
  /** When each connection was accepted, as `performance.now()` tells it. */
  readonly connectionsAtMs: readonly number[];
};

/**
 * Listens on a free loopback port in front of `target`, which is HOST:PORT. Disposed, it ends every connection and gives the port back.
 * @throws {InfrastructureError} when no port can be had.
 */
export async function forwardTo(target: string): Promise<Forwarder> {
  const sockets = new Set<Socket>();
  const connectionsAtMs: number[] = [];
  const { hostname, port } = new URL(`tcp://${target}`);
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    connectionsAtMs.push(performance.now());
    const host = hostname.replace(/^\[|\]$/g, '');
    const pair = [client, connect({ host, port: Number(port), allowHalfOpen: true, noDelay: true })] as const;
    for (const socket of pair) {
      sockets.add(socket);
      // An end that came in order has passed on what there was; an abort ends the other side as well.
      socket.on('error', () => pair.forEach((each) => each.destroy()));
      socket.on('close', () => sockets.delete(socket));
    }
    client.pipe(pair[1]).pipe(client);
  });
  try {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  } catch (cause) {
    throw new InfrastructureError(`no loopback port could be opened in front of ${target}: ${messageOf(cause)}`, { cause });
  }
  // A connection that cannot be accepted is its client's to try again.
  server.on('error', () => {});
  const own = server.address();
  return {
    address: `127.0.0.1:${typeof own === 'object' ? own?.port : own}`,
    connectionsAtMs,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
