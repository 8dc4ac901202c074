import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { InfrastructureError, messageOf } from '../model/errors.ts';

/**
 * A loopback port that leads to a server and notes when somebody first comes through it. Bytes pass both ways as they are, and
 * each side may end its half by itself; whatever happens to a connection ends that connection alone.
 */
export class Forwarder implements AsyncDisposable {
  /** Where to connect instead of the server's own address. */
  readonly address: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** When each connection was accepted, as `performance.now()` tells it. */
  readonly connectionsAtMs: number[] = [];

  private constructor(server: Server, port: number, target: Target) {
    this.address = `127.0.0.1:${port}`;
    this.#server = server;
    server.on('connection', (client) => this.#forward(client, target));
    // A connection that cannot be accepted is its client's to try again.
    server.on('error', () => {});
  }

  /**
   * Listens on a free loopback port in front of `target`, which is HOST:PORT.
   * @throws {InfrastructureError} when no port can be had.
   */
  static async start(target: string): Promise<Forwarder> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    try {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    } catch (cause) {
      throw new InfrastructureError(`no loopback port could be opened in front of ${target}: ${messageOf(cause)}`, { cause });
    }
    const address = server.address();
    return new Forwarder(server, typeof address === 'object' && address !== null ? address.port : 0, targetOf(target));
  }

  /** When the first connection was accepted, as `performance.now()` tells it; undefined while there was none. */
  get firstConnectionAtMs(): number | undefined {
    return this.connectionsAtMs[0];
  }

  #forward(client: Socket, target: Target): void {
    this.connectionsAtMs.push(performance.now());
    const upstream = connect({ ...target, allowHalfOpen: true, noDelay: true });
    const pair = [client, upstream] as const;
    for (const socket of pair) {
      this.#sockets.add(socket);
      // An end that came in order has passed on what there was; an abort ends the other side as well.
      socket.on('error', () => pair.forEach((each) => each.destroy()));
      socket.on('close', () => this.#sockets.delete(socket));
    }
    client.pipe(upstream).pipe(client);
  }

  /** Ends every connection and gives the port back. Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }
}

type Target = { readonly host: string; readonly port: number };

function targetOf(address: string): Target {
  const place = address.lastIndexOf(':');
  return { host: address.slice(0, place).replace(/^\[|\]$/g, ''), port: Number(address.slice(place + 1)) };
}
