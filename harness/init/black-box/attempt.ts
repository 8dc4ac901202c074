import { Launch } from '../../system/launch/launch.ts';
import { makeRoom } from '../../system/launch/room.ts';
import { noteRoom } from '../../system/launch/run-folder.ts';
import { plainName } from '../../system/plain-name.ts';
import { tracedCommand } from '../../system/trace/strace.ts';
import { cameWithin } from '../../system/wait.ts';
import type { Poll } from '../../temporal/polls.ts';
import { placeFiles, portPlaces } from '../config-file.ts';
import { givenOf } from '../explore.ts';
import type { Knob } from '../knobs.ts';
import type { Told } from '../pointers.ts';
import { placeOf, roleOf } from '../roles.ts';
import type { Surroundings } from '../with-server.ts';
import { Ways } from './ways.ts';

/** What is started, what its help says, and what may be told it. */
export type Bench = Surroundings & {
  readonly file: string;
  readonly help: string;
  readonly knobs: readonly Knob[];
  /** Its project's source has been read. */
  readonly isKnown: boolean;
};

/** Where a launch polls, and by what it is told so. */
export type Polled = {
  readonly address: Told;
  readonly namespace: string;
  /** By task queue, what it polls for there. */
  readonly taskQueues: ReadonlyMap<string, ReadonlySet<Poll['kind']>>;
};

/** One launch of an executable, with ways to the server of its own; whoever asked ends it. */
export type Attempt = AsyncDisposable & {
  readonly launch: Launch;
  readonly told: ReadonlyMap<string, string>;
  /** What it polls; undefined where it ended before, or its time was up. */
  readonly polled: Polled | undefined;
  /** The lines that it has printed, without empty ones. */
  readonly said: () => string[];
};

const pollsWithinMs = 30_000;
const settledMs = 1_000;

export type Given = {
  /** These variables and flags are told where to work, or something of their kind. */
  readonly names: Iterable<string>;
  readonly namespace: string;
  /** This one is told where the server is, whatever its name says. */
  readonly address?: string;
  /** These are told just this. */
  readonly values: ReadonlyMap<string, string>;
  readonly command: readonly string[];
  /** Its configuration files, with placeholders. */
  readonly files?: ReadonlyMap<string, string>;
  /** It is watched, and what it opens is written into this file. */
  readonly trace?: string;
  readonly withinMs?: number;
};

/** Starts an executable and waits until it polls, ends, or its time is up. */
export async function attempt(bench: Bench, given: Given): Promise<Attempt> {
  const { names, namespace, address, values, command, files = new Map<string, string>(), trace, withinMs = pollsWithinMs } = given;
  const ways = new Ways(bench.server.address);
  await ways.openUsual();
  const told = new Map(values);
  for (const name of names) {
    if (told.has(name)) continue;
    const place = name === address ? 'address' : placeOf(bench.knobs.find((knob) => knob.name === name) ?? { name });
    told.set(name, place === 'address' ? await ways.tell(name) : place === 'namespace' ? namespace
      : roleOf({ name }) === 'secret' ? `${plainName()}-${plainName()}` : plainName());
  }
  const room = makeRoom(noteRoom(bench.run));
  const filled = placeFiles(room, files, {
    ...await portPlaces(files), '{temporal.namespace}': namespace, '{queue.main}': plainName(),
    ...(files.size > 0 && { '{temporal.address}': await ways.tell('{temporal.address}') }),
  });
  const { args, environment } = givenOf(command, told);
  const plain = { file: bench.file, args: args.map(filled), variant: 'subject' } as const;
  const variables = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filled(value)]));
  const launch = Launch.start(bench.run, trace === undefined ? plain : tracedCommand(plain, trace), variables, room);
  const end = async (): Promise<void> => {
    await launch.dispose();
    await ways[Symbol.asyncDispose]();
  };
  const polled = await pollsOf(launch, ways, withinMs, bench.signal).catch(async (error: unknown) => {
    await end();
    throw error;
  });
  return {
    launch, told, polled,
    said() {
      launch.output.read();
      return launch.output.lines.map(({ text }) => text).filter((text) => text.trim() !== '');
    },
    [Symbol.asyncDispose]: end,
  };
}

/** What a launch polls, once that is all; undefined when it has ended or its time is up. */
async function pollsOf(launch: Launch, ways: Ways, deadlineMs: number, signal: AbortSignal): Promise<Polled | undefined> {
  const known = { count: 0, sinceMs: 0 };
  const settled = () => {
    if (launch.exit) return 'ended' as const;
    const used = ways.used();
    if (used === undefined) return undefined;
    const queues = Map.groupBy(used.polls, ({ taskQueue }) => taskQueue);
    const kinds = [...queues].map(([queue, polls]) => [queue, new Set(polls.map(({ kind }) => kind))] as const);
    const count = kinds.reduce((sum, [, of]) => sum + of.size, 0);
    // Several are made one after the other.
    if (count > known.count) Object.assign(known, { count, sinceMs: performance.now() });
    if (performance.now() - known.sinceMs < settledMs) return undefined;
    return { address: used.by, namespace: used.polls[0]?.namespace ?? '', taskQueues: new Map(kinds) };
  };
  const found = await cameWithin('a worker', settled, { deadlineMs, everyMs: 100, signal });
  return found === 'ended' ? undefined : found;
}
