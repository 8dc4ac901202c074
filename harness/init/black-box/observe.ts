import { basename } from 'node:path';
import type { InitOptions } from '../../cli/init-options.ts';
import { makeCurrent, versionsOf } from '../../temporal/deployment.ts';
import { platformId } from '../../system/platform.ts';
import type { Draft } from '../draft.ts';
import { merged, type Knob } from '../knobs.ts';
import { listensOf } from '../listens.ts';
import { loggedIn, type Printed } from '../logged.ts';
import type { FoundQueue, Told } from '../pointers.ts';
import { findRefused, refusesWithinMs } from '../refused.ts';
import type { SourceFacts } from '../source-facts.ts';
import type { Release } from './release.ts';
import { seeExecutable } from './see-executable.ts';
import { stopBy, type Running } from '../stop.ts';
import { withServer, type Surroundings } from '../with-server.ts';
import { askExecutable } from './asked.ts';
import { attempt, type Bench } from './attempt.ts';
import { startUntilItPolls, type Polling } from './polling.ts';
import { typesOn, type Types } from './types.ts';
import { workerOf } from './worker.ts';

/** An executable, and what its project's source tells of it. */
type Known = { readonly release: Release; readonly source?: SourceFacts };

/**
 * Runs an executable without running its source against a server of its own and gathers what can be seen of it from outside.
 * @throws {UsageError} where it does not come to work. @throws {InfrastructureError} where there is no server.
 */
export async function observeExecutable(
  { release, temporalCli, source }: Pick<InitOptions, 'temporalCli'> & Known, signal: AbortSignal, say: (line: string) => void,
): Promise<Draft> {
  return withServer({ temporalCli, signal, say }, async (beside): Promise<Draft> => {
    const { file: binary } = release;
    say('asking it for its version and help');
    const asked = await askExecutable(beside.run, binary);
    const knobs = merged([...asked.knobs, ...source?.knobs ?? []]);
    say('running it with the names that its help has, and those that most workers know');
    const bench = { ...beside, file: binary, help: asked.help, knobs, isKnown: source !== undefined };
    const [one = '', two = ''] = beside.server.namespaces;
    await using first = await startUntilItPolls(bench, one);
    const deployment = await versionOf(beside, first);
    const queues = [...first.taskQueues.keys()];
    const types = await Promise.all([...first.taskQueues].map(([queue, kinds]) => typesOn(beside, first.namespace, queue, kinds)));
    const firstSeen = seenOf(first);
    const firstStop = await stopBy({ launch: first.launch, polls: true }, 'SIGINT', again(bench, first, one));
    await first[Symbol.asyncDispose]();
    await using second = await startUntilItPolls(bench, two);
    const secondSeen = seenOf(second);
    const secondStop = await stopBy({ launch: second.launch, polls: true }, 'SIGTERM', again(bench, second, two));
    await second[Symbol.asyncDispose]();
    say('killing what was started');
    const executable = await seeExecutable(bench, release, {
      names: first.names, namespace: one, values: new Map(), command: first.command,
    });
    say('telling it what cannot be right');
    const refused = await findRefused(knobs, (wrong) => refusing(bench, first, wrong));
    const namespace = by(first, first.namespace);
    const places = [first.address, namespace, ...queues.map((queue) => by(first, queue))];
    const followed = places.flatMap((to) => (to && 'by' in to ? to.by : []));
    const known = [...new Set([...followed, ...first.required, ...knobs.map(({ name }) => name)])];
    return {
      worker: source?.called ?? basename(binary), version: asked.version, source: undefined, command: first.command,
      interface: asked.words,
      pointers: {
        address: first.address, namespace: namespace ?? { fixed: first.namespace },
        queues: queues.map((queue, index): FoundQueue => ({
          told: by(first, queue) ?? { fixed: queue }, worker: workerOf(queue, withNames(types[index], source), source),
          isDrawn: by(first, queue) === undefined && !second.taskQueues.has(queue),
        })),
        deployment, byItself: new Map(),
      },
      files: new Map(), always: new Map(), services: new Map(), called: new Set(),
      required: first.required, identity: undefined, codec: false,
      knobs: known.map((name) => knobs.find((knob) => knob.name === name) ?? { name, required: false, secret: false }),
      stops: [secondStop, firstStop].flatMap((stop) => stop ?? []), platform: platformId(),
      graceSeconds: source?.graceSeconds, refused, logged: loggedIn([firstSeen, secondSeen], knobs),
      listens: firstSeen.listens.filter((place) => secondSeen.listens.includes(place)),
      searchAttributes: source?.searchAttributes ?? {}, bundle: {}, executable,
      endpoint: undefined,
    };
  });
}

/** A worker that names no workflows has those that its source exports, where it polls for any. */
function withNames(types: Types | undefined, source: SourceFacts | undefined): Types | undefined {
  if (types === undefined || types.workflows !== undefined) return types;
  return { ...types, workflows: [...source?.types.values() ?? []].filter(({ isWorkflow }) => isWorkflow).map(({ name }) => name) };
}

/** What a launch that polls has printed, and where it listens. */
function seenOf({ said, told, launch }: Polling): Printed & { readonly listens: readonly string[] } {
  return { said: said(), valueOf: (knob: Knob) => told.get(knob.name) ?? knob.default, listens: listensOf(launch) };
}

/** Another launch with the same names, until it has been stopped. */
function again(bench: Bench, { names, command }: Polling, namespace: string) {
  return async <T>(stop: (other: Running) => Promise<T>): Promise<T> => {
    await using tried = await attempt(bench, { names, namespace, values: new Map(), command });
    return await stop({ launch: tried.launch, polls: tried.polled !== undefined });
  };
}

/** What it printed where it ended with an error, told wrong values beside what it needs. */
async function refusing(bench: Bench, { names, namespace, command }: Polling, wrong: ReadonlyMap<string, string>) {
  await using tried = await attempt(bench, { names, namespace, values: wrong, command, withinMs: refusesWithinMs });
  const { exit } = tried.launch;
  return exit !== undefined && exit.code !== 0 ? tried.said() : undefined;
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

