import { messageOf } from '../model/errors.ts';
import { registerNamespace } from '../temporal/namespaces.ts';
import type { Release } from './black-box/release.ts';
import { seeExecutable, type SeenExecutable } from './black-box/see-executable.ts';
import type { Explored } from './explore.ts';
import type { Knob } from './knobs.ts';
import type { Pointers } from './pointers.ts';
import type { Surroundings } from './with-server.ts';

/** Starts a project's executable with what its source was started with, and sees what only an executable shows. */
export async function seeReleased(
  beside: Surroundings, release: Release, { told, command }: Explored, { address, namespace, files }: Pointers, knobs: readonly Knob[],
): Promise<SeenExecutable> {
  const { connection, server: { namespaces: [first = 'default'] }, say } = beside;
  const names = [address, namespace].flatMap((each) => ('by' in each ? each.by : []));
  if ('fixed' in namespace && namespace.fixed !== 'default') {
    await registerNamespace(connection, namespace.fixed).catch((error: unknown) => say(`${namespace.fixed}: ${messageOf(error)}`));
  }
  say('killing what the executable starts');
  return seeExecutable({ ...beside, help: '', knobs, isKnown: true }, release, {
    names, namespace: first, command, files, values: new Map([...told].filter(([name]) => !names.includes(name))),
    ...('by' in address && { address: address.by }),
  });
}
