import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { loopback, startServer, type Server } from './server.ts';
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
    socket.write('MONITOR\r\n');
    await once(socket, 'data', { signal: AbortSignal.timeout(5_000) });
    return {
      enter: async ({ index }) => ({
        places: { url: `redis://${host}:${port}/${index}`, host, port: String(port), database: String(index) },
        seen: () => commands.flatMap(({ database, command }) => (database === index ? command : [])),
      }),
      [Symbol.asyncDispose]: async () => void socket.destroy(),
    };
  },
} satisfies Service;
