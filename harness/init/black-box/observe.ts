import { basename } from 'node:path';
import type { InitOptions } from '../../cli/init-options.ts';
import { platformId } from '../../system/platform.ts';
import type { Draft } from '../draft.ts';
import type { Knob } from '../knobs.ts';
import type { SeenWorker } from '../observed.ts';
import type { FoundQueue, Told } from '../pointers.ts';
import { stopBy } from '../stop.ts';
import { makeCurrent, versionsOf } from '../../temporal/deployment.ts';
import { withServer, type Surroundings } from '../with-server.ts';
import { askExecutable } from './asked.ts';
import { startUntilItPolls, type Polling } from './polling.ts';
import { typesOn, type Types } from './types.ts';

/** An executable, what its project calls it, and the variables and flags that its source names. */
type Known = { readonly binary: string; readonly called?: string; readonly known?: readonly Knob[] };

/**
 * Runs an executable without running its source against a server of its own and gathers what can be seen of it from outside.
 * @throws {UsageError} where it does not come to work. @throws {InfrastructureError} where there is no server.
 */
export async function observeExecutable(
  { binary, temporalCli, called, known: named }: Pick<InitOptions, 'temporalCli'> & Known, signal: AbortSignal,
  say: (line: string) => void,
): Promise<Draft> {
  return withServer({ temporalCli, signal, say }, async (beside): Promise<Draft> => {
    say('asking it for its version and help');
    const told = await askExecutable(beside.run, binary);
    const asked = { ...told, knobs: [...new Map([...told.knobs, ...named ?? []].map((knob) => [knob.name, knob])).values()] };
    say('running it with the names that its help has, and those that most workers know');
    const bench = { ...beside, file: binary };
    const [one = '', two = ''] = beside.server.namespaces;
    const first = await startUntilItPolls(bench, asked.knobs, one);
    const deployment = await versionOf(beside, first);
    const types = await Promise.all(first.taskQueues.map((queue) => typesOn(beside, first.namespace, queue)));
    const firstStop = await stopBy({ launch: first.launch, polls: true }, 'SIGINT');
    const second = await startUntilItPolls(bench, asked.knobs, two);
    const secondStop = await stopBy({ launch: second.launch, polls: true }, 'SIGTERM');
    const known = [...new Set([...asked.knobs.map(({ name }) => name), ...first.required])];
    return {
      worker: called ?? basename(binary), version: asked.version, source: undefined, command: [], interface: asked.words,
      pointers: {
        address: by(first, beside.server.address) ?? { by: 'TEMPORAL_ADDRESS' },
        namespace: by(first, first.namespace) ?? { fixed: first.namespace },
        queues: first.taskQueues.map((queue, index): FoundQueue => ({
          told: by(first, queue) ?? { fixed: queue }, worker: workerOf(queue, types[index]),
          isDrawn: by(first, queue) === undefined && !second.taskQueues.includes(queue),
        })),
        deployment, byItself: new Map(),
      },
      services: new Map(), called: new Set(), required: first.required, identity: undefined, codec: false,
      knobs: known.map((name) => asked.knobs.find((knob) => knob.name === name) ?? { name, required: true, secret: false }),
      stops: [secondStop, firstStop].flatMap((stop) => stop ?? []), platform: platformId(),
    };
  });
}

/** The version that it polls as, made current: nothing is run on it before. */
async function versionOf({ connection }: Surroundings, polling: Polling): Promise<Draft['pointers']['deployment']> {
  const place = { connection, namespace: polling.namespace };
  const [name, buildId] = /^(.*):([^:]*)$/.exec((await versionsOf(place))[0] ?? '')?.slice(1) ?? [];
  if (name === undefined || buildId === undefined) return undefined;
  await makeCurrent(place, name, buildId);
  return { name, buildId: by(polling, buildId) ?? { fixed: buildId } };
}

/** The variable or flag by which it was told this; of several the one that names Temporal. */
function by({ told }: Polling, value: string): Told | undefined {
  const names = [...told].filter(([, given]) => given === value).map(([name]) => name);
  const name = names.find((each) => /TEMPORAL/i.test(each)) ?? names[0];
  return name === undefined ? undefined : { by: name };
}

/** Its types without their inputs, of which nothing is seen from outside. */
function workerOf(taskQueue: string, types: Types | undefined): SeenWorker {
  const any = { input: [], result: { kind: 'any' } } as const;
  return {
    taskQueue, graceSeconds: 0, pid: 0, nexus: 0, deployment: undefined, buildId: undefined, identity: undefined,
    workflows: (types?.workflows ?? []).map((name) => ({ name, ...any, input: [], signals: [], queries: [], updates: [] })),
    activities: (types?.activities ?? []).map((name) => ({ name, ...any, input: [] })),
  };
}
