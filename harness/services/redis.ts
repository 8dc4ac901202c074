import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { InfrastructureError } from '../model/errors.ts';
import { loopback, programsOf, startServer, type Server } from './server.ts';
import type { Service } from './service.ts';

/** One database for each launch. */
const databases = ['--save', '', '--databases', '1024'];

const server: Server = {
  id: 'redis',
  title: 'Redis',
  programs: ['redis-server'],
  prepare: (folder, { host, port }) => ({
    file: join(folder, 'redis-server'), args: ['--bind', host, '--port', String(port), '--appendonly', 'no', ...databases],
  }),
  ready: /Ready to accept connections/,
  container: { image: 'redis:7.4-alpine', command: ['redis-server', ...databases], port: 6379 },
};

/** One server for the run; what a launch did is what came into its database. */
export const service = {
  id: 'redis',
  programs: programsOf(server),
  start: ({ name }, options) => startServer(server, name, options),
  async join({ info: { host = loopback, port = 0 } }) {
    const commands: { readonly database: number; readonly command: string }[] = [];
    const socket = connect({ host, port });
    await once(socket, 'connect', { signal: AbortSignal.timeout(5_000) });
    let rest = '';
    socket.on('error', () => {}).on('data', (chunk) => {
      const lines = (rest + String(chunk)).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        // "+1339518083.107412 [5 127.0.0.1:60866] "publish" …", as documented for MONITOR.
        const [, database, command] = /^\+[\d.]+ \[(\d+) [^\]]*\] (.*)$/.exec(line) ?? [];
        if (command !== undefined) commands.push({ database: Number(database), command });
      }
    });
    const seen = (index: number): string[] => commands.flatMap(({ database, command }) => (database === index ? command : []));
    socket.write('MONITOR\r\n');
    const [answer] = await once(socket, 'data', { signal: AbortSignal.timeout(5_000) });
    // Blind, it would take every worker for one that never calls.
    if (!String(answer).startsWith('+OK')) throw new InfrastructureError(`Redis does not show what it is asked: ${String(answer).trim()}`);
    return {
      enter: async ({ index }) => ({
        places: { url: `redis://${host}:${port}/${index}`, host, port: String(port), database: String(index) },
        seen: () => seen(index),
        * sent() {
          yield Buffer.concat(seen(index).flatMap((command) => [unescaped(command), Buffer.from('\n')]));
          for (const [, value = ''] of seen(index).join('\n').matchAll(/"((?:[^"\\]|\\.)*)"/g)) if (isLong(value)) yield unescaped(value);
        },
      }),
      [Symbol.asyncDispose]: async () => void socket.destroy(),
    };
  },
} satisfies Service;

/** A shorter value holds nothing that is compressed. */
const isLong = (value: string): boolean => value.length > 20;

const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b' };

/** A command as MONITOR shows it, with its escapes as the bytes that they stand for. */
function unescaped(command: string): Buffer {
  const text = command.replace(/\\(?:x([0-9a-f]{2})|(.))/g, (_, code: string | undefined, letter: string) => (
    code === undefined ? (named[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16))
  ));
  return Buffer.from(text, 'latin1');
}
