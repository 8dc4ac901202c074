import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { InfrastructureError, messageOf } from '../model/errors.ts';

export type Forwarder = Awaited<ReturnType<typeof forwardTo>>;

/**
 * A free loopback port that leads to `target`, which is HOST:PORT, and notes when somebody comes through it. Bytes pass both ways as they
 * are, and each side may end its half by itself; whatever happens to a connection ends that connection alone. Disposed, it ends every
 * connection and gives the port back. `reader` gets a copy of what each client sends; `at` is the
 * port that it must be.
 * @throws {InfrastructureError} when no port can be had.
 */
export async function forwardTo(target: string, reader?: (client: Socket) => (bytes: Buffer) => void, at = '127.0.0.1:0') {
  const sockets = new Set<Socket>();
  const connectionsAtMs: number[] = [];
  const { hostname, port } = new URL(`tcp://${target}`);
  const upstream = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port), allowHalfOpen: true, noDelay: true };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    connectionsAtMs.push(performance.now());
    const pair = [client, connect(upstream)] as const;
    for (const socket of pair) {
      sockets.add(socket);
      // An end that came in order has passed on what there was; an abort ends the other side as well.
      socket.on('error', () => pair.forEach((each) => each.destroy()));
      socket.on('close', () => sockets.delete(socket));
    }
    if (reader) client.on('data', reader(client));
    client.pipe(pair[1]).pipe(client);
  });
  try {
    const own = new URL(`tcp://${at}`);
    server.listen(Number(own.port), own.hostname);
    await once(server, 'listening');
  } catch (cause) {
    throw new InfrastructureError(`no loopback port could be opened in front of ${target}${at.endsWith(':0') ? '' : ` at ${at}, which the worker's code has`}: ` +
      messageOf(cause), { cause });
  }
  // A connection that cannot be accepted is its client's to try again.
  server.on('error', () => {});
  const own = server.address();
  return {
    /** Where to connect instead of the server's own address. */
    address: `127.0.0.1:${typeof own === 'object' ? own?.port : own}`,
    /** When each connection was accepted, as `performance.now()` tells it. */
    connectionsAtMs: connectionsAtMs as readonly number[],
    async [Symbol.asyncDispose](): Promise<void> {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
