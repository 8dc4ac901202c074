import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { InfrastructureError, messageOf } from '../model/errors.ts';

export type Forwarder = Awaited<ReturnType<typeof forwardTo>>;

/** Meets a client before it is led on; `go` gets what it says in clear. */
export type Greeter = (client: Socket, go: (client: Socket) => void) => void;

type Options = {
  /** Gets a copy of what each client sends, in clear. */
  readonly reader?: (client: Socket) => (bytes: Buffer) => void;
  readonly greet?: Greeter;
  /** The port that it must be, as HOST:PORT. */
  readonly at?: string | undefined;
};

const anyPort = '127.0.0.1:0';

/**
 * A free loopback port that leads to `target`, which is HOST:PORT, and notes when somebody comes through it. Bytes pass both ways as they
 * are, and each side may end its half by itself; whatever happens to a connection ends that connection alone. Disposed, it ends every
 * connection and gives the port back.
 * @throws {InfrastructureError} when no port can be had.
 */
export async function forwardTo(target: string, { reader, greet = (client, go) => go(client), at = anyPort }: Options = {}) {
  const sockets = new Set<Socket>();
  const connectionsAtMs: number[] = [];
  const { hostname, port } = new URL(`tcp://${target}`);
  const upstream = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port), allowHalfOpen: true, noDelay: true };
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  };
  const lead = (client: Socket): void => {
    const pair = [client, connect(upstream)] as const;
    keep(pair[1]);
    // An end that came in order has passed on what there was; an abort ends the other side as well.
    for (const socket of pair) socket.on('error', () => pair.forEach((each) => each.destroy()));
    if (reader) client.on('data', reader(client));
    client.pipe(pair[1]).pipe(client);
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    connectionsAtMs.push(performance.now());
    keep(client);
    client.on('error', () => client.destroy());
    greet(client, lead);
  });
  try {
    const own = new URL(`tcp://${at}`);
    server.listen(Number(own.port), own.hostname);
    await once(server, 'listening');
  } catch (cause) {
    const which = at === anyPort ? '' : ` at ${at}, which the worker's code has`;
    throw new InfrastructureError(`no loopback port could be opened in front of ${target}${which}: ${messageOf(cause)}`, { cause });
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
