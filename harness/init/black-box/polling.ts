import { UsageError } from '../../model/errors.ts';
import { clean } from '../../model/text.ts';
import { Launch } from '../../system/launch/launch.ts';
import { plainName } from '../../system/plain-name.ts';
import { cameWithin } from '../../system/wait.ts';
import type { ServerInfo } from '../../temporal/connect.ts';
import { queuesOfVersion, versionsOf } from '../../temporal/deployment.ts';
import { listPollers, listWorkers } from '../../temporal/pollers.ts';
import { givenOf } from '../explore.ts';
import { everywhere, type Knob } from '../knobs.ts';
import { roleOf } from '../roles.ts';
import type { Surroundings } from '../with-server.ts';
import { knobsIn } from './asked.ts';

/** What is known of an executable that polls: what it was given, and where the server lists it. */
export type Polling = {
  readonly launch: Launch;
  readonly told: ReadonlyMap<string, string>;
  readonly namespace: string;
  readonly taskQueues: readonly string[];
  /** Without these it did not start. */
  readonly required: readonly string[];
};

type Bench = Surroundings & { readonly file: string };

/** Names that most workers know. */
const usual = ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'TEMPORAL_TASK_QUEUE'];
const most = 12;
const pollsWithinMs = 30_000;
const settledMs = 1_000;

/**
 * Starts an executable with the names that its help has and most workers know, and with what its last lines ask for, until the server lists
 * it. @throws {UsageError} where that does not come to be; the sentence says what is missing.
 */
export async function startUntilItPolls(bench: Bench, known: readonly Knob[], namespace: string): Promise<Polling> {
  const told = new Map<string, string>();
  const give = (name: string): void => void told.set(name, valueFor(name, bench.server, namespace));
  for (const name of [...usual, ...known.filter(({ name: each }) => isPlace(each)).map(({ name: each }) => each)]) give(name);
  const required: string[] = [];
  for (let attempt = 0; attempt < most; attempt += 1) {
    const { args, environment } = givenOf([], told);
    const launch = Launch.start(bench.run, { file: bench.file, args, variant: 'subject' }, environment);
    try {
      const queues = [...told].filter(([name]) => roleOf({ name }) === 'taskQueue').map(([, queue]) => queue);
      const found = await listedIn(bench, launch, [namespace, 'default'], queues);
      if (found) return { launch, told, required, ...found };
    } catch (error) {
      await launch.dispose();
      throw error;
    }
    launch.output.read();
    const said = launch.output.lines.map(({ text }) => text).filter((text) => text.trim() !== '');
    const { exit } = launch;
    await launch.dispose();
    const missing = knobsIn(said.slice(-12).join('\n')).map(({ name }) => name).find((name) => !told.has(name) && !everywhere.test(name));
    if (exit === undefined || missing === undefined) throw new UsageError(`${bench.file}: ${sentence(exit, said.at(-1))}`);
    bench.say(`it needs ${missing}`);
    required.push(missing);
    give(missing);
  }
  throw new UsageError(`${bench.file}: after ${most} launches it still does not poll, given ${[...told.keys()].join(', ')}`);
}

/** Where the server lists it, once that is all; undefined when it has ended or its time is up. */
async function listedIn(bench: Bench, launch: Launch, namespaces: readonly string[], told: readonly string[]) {
  const known = { count: 0, sinceMs: 0 };
  const settled = async () => {
    if (launch.exit) return 'ended' as const;
    for (const namespace of namespaces) {
      const taskQueues = await queuesIn(bench, namespace, told);
      // Several are made one after the other.
      if (taskQueues.length > known.count) Object.assign(known, { count: taskQueues.length, sinceMs: performance.now() });
      if (taskQueues.length > 0) return performance.now() - known.sinceMs < settledMs ? undefined : { namespace, taskQueues };
    }
    return undefined;
  };
  const found = await cameWithin('a worker', settled, { deadlineMs: pollsWithinMs, everyMs: 200, signal: bench.signal });
  return found === 'ended' ? undefined : found;
}

/** Every task queue that the server knows to be polled: by heartbeats, by versions, and of those that were told, which older SDKs need. */
async function queuesIn({ connection }: Bench, namespace: string, told: readonly string[]): Promise<string[]> {
  const beating = (await listWorkers(connection, namespace))?.map(({ taskQueue }) => taskQueue) ?? [];
  const place = { connection, namespace };
  const versions = (await versionsOf(place)).map((version) => /^(.*):([^:]*)$/.exec(version)?.slice(1) ?? []);
  const versioned = await Promise.all(versions.map(([name = '', buildId = '']) => queuesOfVersion(place, name, buildId)));
  const polled = await Promise.all(told.map(async (queue) => (
    (await listPollers(connection, namespace, queue)).length > 0 ? [queue] : []
  )));
  return [...new Set([...beating, ...versioned.flatMap((queues) => queues ?? []), ...polled.flat()])];
}

function isPlace(name: string): boolean {
  const role = roleOf({ name });
  return role === 'address' || role === 'namespace' || role === 'taskQueue' || role === 'buildId';
}

function valueFor(name: string, server: ServerInfo, namespace: string): string {
  switch (roleOf({ name })) {
    case 'address': return server.address;
    case 'namespace': return namespace;
    case 'secret': return `${plainName()}-${plainName()}`;
    default: return plainName();
  }
}

function sentence(exit: Launch['exit'], last: string | undefined): string {
  const text = last === undefined ? 'it printed nothing' : `its last line: ${clean(last).slice(0, 300)}`;
  if (exit === undefined) return `it runs, and within ${pollsWithinMs / 1000} s the server lists no worker of it (${text}): is another ` +
    'address in its code, or does it need a flag to start? With its source it is seen more: name the folder';
  return `it ends with ${exit.error ?? exit.signal ?? `exit code ${exit.code}`} before it registers a worker (${text}); with its source ` +
    'it is seen what it asks for: name the folder';
}
