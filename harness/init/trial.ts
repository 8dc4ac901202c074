import { join } from 'node:path';
import { baselineCommand, type Baseline } from '../baselines/baseline.ts';
import { Launch, type Exit } from '../system/launch/launch.ts';
import { makeRoom } from '../system/launch/room.ts';
import { noteRoom } from '../system/launch/run-folder.ts';
import { cameWithin } from '../system/wait.ts';
import { listPollers } from '../temporal/pollers.ts';
import type { Surroundings } from './with-server.ts';
import { placeFiles } from './config-file.ts';
import { observingEnvironment, readObserved, type Observed } from './observed.ts';

/** What a worker is given in one launch. */
export type Given = {
  readonly environment: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** Files in its working directory, and what their placeholders stand for. */
  readonly files?: ReadonlyMap<string, string>;
  readonly places?: Readonly<Record<string, string>>;
};

/** One observed launch from source, up to the moment when it polls, ends, or its time is up. */
export type Trial = {
  readonly given: Given;
  readonly observed: Observed;
  readonly polls: boolean;
  /** How it ended before it polled. */
  readonly exit: Exit | undefined;
  /** The last lines that it printed. */
  readonly said: readonly string[];
  readonly launch: Launch;
};

/** What launches are made with. */
export type Bench = Surroundings & { readonly baseline: Baseline };

/** A worker from source that takes longer is taken for one that waits for something. */
const registersWithinMs = 30_000;
const saidLines = 80;
const settledMs = 400;

/** Launches the worker from source with what is given. It still runs where it polls: whoever asked ends it. */
export async function launchObserved(
  { run, baseline, server, connection, signal }: Bench, given: Given, withinMs = registersWithinMs,
): Promise<Trial> {
  const room = makeRoom(noteRoom(run));
  const folder = join(room.folder, 'observed');
  const led = { project: baseline.directory, address: server.address, namespaces: server.namespaces };
  const filled = placeFiles(room, given.files ?? new Map(), { '{temporal.address}': server.address, ...given.places });
  const environment = Object.fromEntries(Object.entries(given.environment).map(([name, value]) => [name, filled(value)]));
  const launch = Launch.start(
    run, baselineCommand(baseline, given.args.map(filled)), { ...environment, ...observingEnvironment(folder, led) }, room,
  );
  const known = { count: 0, sinceMs: 0 };
  const settled = async (): Promise<'polls' | 'ended' | undefined> => {
    if (launch.exit) return 'ended';
    const { workers, clients } = readObserved(folder);
    if (workers.length === 0) return undefined;
    const wanted = clients.at(-1)?.namespace ?? '';
    const namespace = server.namespaces.includes(wanted) ? wanted : server.namespaces[0] ?? '';
    const polled = await Promise.all(workers.map(async ({ taskQueue, nexus }) => (
      (await listPollers(connection, namespace, taskQueue, nexus > 0 ? ['workflow', 'activity', 'nexus'] : undefined)).length > 0
    )));
    if (!polled.every(Boolean)) return undefined;
    // An SDK may poll as soon as a worker is made, and another worker be made only then.
    if (workers.length > known.count) Object.assign(known, { count: workers.length, sinceMs: performance.now() });
    return performance.now() - known.sinceMs > settledMs ? 'polls' : undefined;
  };
  const waited = cameWithin('the worker to poll', settled, { deadlineMs: withinMs, everyMs: 100, signal, stretch: launch.cpu.stretch() });
  const how = await waited.catch(async (error: unknown) => {
    await launch.dispose();
    throw error;
  });
  launch.output.read();
  const said = launch.output.lines.map(({ text }) => text).filter((text) => text.trim() !== '').slice(-saidLines);
  if (how !== 'polls') await launch.dispose();
  return { given, observed: readObserved(folder), polls: how === 'polls', exit: launch.exit, said, launch };
}
