import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import getPort from 'get-port';
import type { Ready, ServiceEntry } from '../contract/services-schema.ts';
import { InfrastructureError } from '../model/errors.ts';
import { findOnPath } from '../system/tools/on-path.ts';
import { forwardTo, type Forwarder } from '../temporal/forwarder.ts';
import { startProgram, untilTheEnd } from './provide.ts';
import type { Service, Started, StartOptions } from './service.ts';
import { answers } from './services.ts';

const host = '127.0.0.1';

/** A program of the user's, one for the run. Each launch comes to it through a port of its own, where it is seen. */
export const service = {
  id: 'command',
  start,
  async join({ info: { port } }) {
    const doors = new Map<number, Promise<Forwarder>>();
    const leave = async (index: number): Promise<void> => (await doors.get(index)?.catch(() => undefined))?.[Symbol.asyncDispose]();
    const calls = new Map<number, readonly number[]>();
    return {
      async places({ index }) {
        const door = doors.get(index) ?? forwardTo(`${host}:${port}`);
        doors.set(index, door);
        const { address, connectionsAtMs } = await door;
        calls.set(index, connectionsAtMs);
        return { url: `http://${address}`, host, port: address.slice(host.length + 1) };
      },
      seen: ({ index }) => (calls.get(index) ?? []).map(() => 'a connection'),
      leave: ({ index }) => leave(index),
      [Symbol.asyncDispose]: async () => void (await Promise.all([...doors.keys()].map(leave))),
    };
  },
} satisfies Service;

async function start({ name, command, ready }: ServiceEntry, options: StartOptions): Promise<Started> {
  const free = String(await getPort({ host }));
  const filled = (text: string): string => text.replaceAll('{port}', free);
  const [program = '', ...args] = command.map(filled);
  const port = Number(filled(ready.tcp ?? (new URL(filled(ready.http ?? '')).port || '80')));
  const file = /[\\/]/.test(program) ? resolve(options.folder, program) : findOnPath(program);
  if (file === undefined || !existsSync(file)) {
    throw new InfrastructureError(`the service ${name} cannot be started: there is no ${program} ` +
      (file === undefined ? 'on the PATH' : "in the contract's folder"));
  }
  if (await answers(host, port)) throw new InfrastructureError(`the service ${name} cannot be started: somebody else listens at ${host}:` +
    `${port}; end that, or let the command take {port}`);
  const launch = await startProgram({
    name: `the service ${name}`,
    file,
    args,
    cwd: options.folder,
    deadlineMs: ready.withinSeconds * 1_000,
    awaited: filled(ready.http ?? `it to listen at ${host}:${port}`),
    ready: () => isReady(ready, port, filled),
  }, options);
  return {
    ...untilTheEnd(name, launch, {
      host,
      port,
      version: '(a program of the contract)',
      origin: command.join(' '),
      notVerified: `The real ${name}: a program of the contract stands in for it.`,
    }),
    log: () => launch.output.text(),
  };
}

async function isReady({ http }: Ready, port: number, filled: (text: string) => string): Promise<boolean> {
  if (http === undefined) return answers(host, port);
  const response = await fetch(filled(http), { signal: AbortSignal.timeout(5_000) });
  await response.body?.cancel();
  return response.status < 400;
}
