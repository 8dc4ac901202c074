import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import getPort from 'get-port';
import type { ServiceEntry } from '../contract/services-schema.ts';
import { InfrastructureError } from '../model/errors.ts';
import { findOnPath, isExecutable } from '../system/tools/on-path.ts';
import { forwardTo } from '../temporal/forwarder.ts';
import { loopback, startProgram } from './server.ts';
import type { Service, Started, StartOptions } from './service.ts';
import { answers } from './services.ts';

/** A program of the user's, one for the run. Each launch comes to it through a port of its own, where it is seen. */
export const service = {
  id: 'command',
  start,
  join: async ({ info: { port } }) => ({
    async enter() {
      const door = await forwardTo(`${loopback}:${port}`);
      return {
        places: { url: `http://${door.address}`, host: loopback, port: door.address.slice(loopback.length + 1) },
        seen: () => door.connectionsAtMs.map(() => 'a connection'),
        leave: () => door[Symbol.asyncDispose](),
      };
    },
  }),
} satisfies Service;

async function start({ name, command, ready }: ServiceEntry, options: StartOptions): Promise<Started> {
  const free = String(await getPort({ host: loopback }));
  const filled = (text: string): string => text.replaceAll('{port}', free);
  const [program = '', ...args] = command.map(filled);
  const port = Number(filled(ready.tcp ?? (new URL(filled(ready.http ?? '')).port || '80')));
  const file = /[\\/]/.test(program) ? resolve(options.folder, program) : findOnPath(program);
  const refusal = (why: string): InfrastructureError => new InfrastructureError(`the service ${name} cannot be started: ${why}`);
  if (file === undefined) throw refusal(`there is no ${program} on the PATH`);
  if (!existsSync(file)) throw refusal(`there is no ${program} in the contract's folder`);
  if (!isExecutable(file)) throw refusal(`${program} is no executable file: chmod +x it, or name what runs it, as in ` +
    `[python3, ${program}]`);
  const place = `${loopback}:${port}`;
  if (await answers(loopback, port)) throw refusal(`somebody else listens at ${place}; end that, or let the command take {port}`);
  const http = ready.http === undefined ? undefined : filled(ready.http);
  const running = await startProgram(name, { file, args, cwd: options.folder }, {
    title: `the service ${name}`,
    deadlineMs: ready.withinSeconds * 1_000,
    awaited: http ?? `it to listen at ${place}`,
    ready: () => (http === undefined ? answers(loopback, port) : isWell(http)),
  }, options);
  return {
    ...running,
    info: {
      host: loopback,
      port,
      version: '(a program of the contract)',
      origin: command.join(' '),
      notVerified: `The real ${name}: a program of the contract stands in for it.`,
    },
    log: () => running.launch.output.text(),
  };
}

async function isWell(address: string): Promise<boolean> {
  const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
  await response.body?.cancel();
  return response.status < 400;
}
