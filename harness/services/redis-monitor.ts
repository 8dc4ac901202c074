import { connect } from 'node:net';
import { once } from 'node:events';

/**
 * Follows everything that clients send to a Redis server (the MONITOR command), by database: each launch has a database of
 * its own, so a command there can only have come from that launch.
 */
export class RedisMonitor implements AsyncDisposable {
  readonly #commands = new Map<number, string[]>();
  readonly #close: () => void;

  private constructor(close: () => void) {
    this.#close = close;
  }

  /** Connects and begins to listen. */
  static async start({ host, port }: { readonly host: string; readonly port: number }): Promise<RedisMonitor> {
    const socket = connect({ host, port });
    await once(socket, 'connect', { signal: AbortSignal.timeout(5_000) });
    const monitor = new RedisMonitor(() => socket.destroy());
    socket.on('error', () => {});
    let rest = '';
    socket.on('data', (chunk) => {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) monitor.#note(line);
    });
    socket.write('MONITOR\r\n');
    await once(socket, 'data', { signal: AbortSignal.timeout(5_000) });
    return monitor;
  }

  // "1339518083.107412 [5 127.0.0.1:60866] "publish" …", as documented for MONITOR.
  #note(line: string): void {
    const match = /^\+?[\d.]+ \[(\d+) [^\]]*\] (.*)$/.exec(line.trimEnd());
    if (match?.[1] === undefined || match[2] === undefined) return;
    const database = Number(match[1]);
    const commands = this.#commands.get(database) ?? [];
    commands.push(match[2]);
    this.#commands.set(database, commands);
  }

  /** The commands that arrived in a database, as Redis writes them. */
  commands(database: number): readonly string[] {
    return this.#commands.get(database) ?? [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#close();
  }
}
