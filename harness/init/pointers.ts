import { portPlaces, portsIn, withPlaceholder } from './config-file.ts';
import type { Knob } from './knobs.ts';
import { listensOf } from './listens.ts';
import type { SeenWorker } from './observed.ts';
import { plainName } from '../system/plain-name.ts';
import { givenOf, type Explored } from './explore.ts';
import { roleOf } from './roles.ts';
import { launchObserved, type Bench, type Trial } from './trial.ts';

/** By what a worker is told something: a variable or flag, or a placeholder in a file of its own; else what its code has. */
export type Told = { readonly by: string } | { readonly placed: string } | { readonly fixed: string };

/** One task queue that it polls, and what it registers there. */
export type FoundQueue = {
  readonly told: Told;
  readonly worker: SeenWorker;
  /** Its name is drawn by the worker, another one in each launch. */
  readonly isDrawn: boolean;
};

/** Where a worker works, and by what it is told. */
export type Pointers = {
  readonly address: Told;
  readonly namespace: Told;
  readonly queues: readonly FoundQueue[];
  readonly deployment: { readonly name: string; readonly buildId: Told } | undefined;
  /** By variable or flag, what was used where nothing told it. */
  readonly byItself: ReadonlyMap<string, string>;
  /** Its configuration files, with placeholders where it follows them. */
  readonly files: ReadonlyMap<string, string>;
  /** Where it listens as its files tell it, with placeholders for the ports. */
  readonly listens: readonly string[];
  /** Another launch, told other places than the first; it still runs where it polls. */
  readonly second: Trial;
};

/** Shows by a second launch, told other places than the first, which listened there, what is followed: variables, flags, files. */
export async function findPointers(
  bench: Bench, { trial, command, files: written }: Explored, knobs: ReadonlyMap<string, Knob>, listens: readonly string[],
): Promise<Pointers> {
  const client = trial.observed.clients.at(-1);
  const before = new Map<string, string>([...Object.entries(trial.given.environment), ...flagsOf(trial.given.args, command)]);
  const meant = ({ name, default: preset }: Knob, value: string | undefined): boolean => (
    value !== undefined && (before.get(name) ?? preset) === value
  );
  const port = bench.server.address.split(':').at(-1);
  const others = new Map(before);
  for (const knob of knobs.values()) {
    const role = roleOf(knob);
    if (role === 'address' || meant(knob, client?.address)) others.set(knob.name, `localhost:${port ?? ''}`);
    else if (role === 'namespace' || meant(knob, client?.namespace)) others.set(knob.name, bench.server.namespaces[1] ?? '');
    else if (role === 'taskQueue' || trial.observed.workers.some(({ taskQueue }) => meant(knob, taskQueue))) {
      others.set(knob.name, plainName());
    } else if (role === 'buildId' || trial.observed.workers.some(({ buildId }) => meant(knob, buildId))) others.set(knob.name, plainName());
  }
  const ports = [...written.values()].flatMap((text) => portsIn(text, listens));
  const files = new Map([...written].map(([name, text]) => [
    name, ports.reduce((left, { place, placed }) => left.replace(place, placed), templated(text, trial)),
  ] as const));
  const places: Readonly<Record<string, string>> = {
    '{temporal.address}': `localhost:${port ?? ''}`, '{temporal.namespace}': bench.server.namespaces[1] ?? '', '{queue.main}': plainName(),
    ...await portPlaces(files),
  };
  const second = await launchObserved(bench, givenOf(command, others, files, places));
  const seen = second.observed.workers.length > 0 ? second.observed : trial.observed;
  const set = second.observed.workers.length > 0 ? others : before;
  const told = (value: string): Told => {
    const [placed] = Object.entries(places).find(([place, given]) => (
      given === value && set === others && [...files.values()].some((text) => text.includes(place)))) ?? [];
    if (placed !== undefined) return { placed };
    const by = [...set].find(([name, given]) => given === value && knobs.has(name))?.[0]
      ?? [...knobs.values()].find((knob) => !set.has(knob.name) && knob.default === value && seen === trial.observed)?.name;
    return by === undefined ? { fixed: value } : { by };
  };
  const [one, other] = [trial, second].map(({ observed }) => new Set(observed.workers.map(({ taskQueue }) => taskQueue)));
  const queues = seen.workers.map((worker): FoundQueue => {
    const by = told(worker.taskQueue);
    const isDrawn = 'fixed' in by && second.polls && !(one?.has(by.fixed) && other?.has(by.fixed));
    return { told: by, worker, isDrawn };
  });
  const listening = listensOf(second.launch);
  const followed = ports.filter(({ placed, name }) => listening.includes(placed.replace(name, places[name] ?? '')))
    .map(({ placed }) => placed);
  const address = told(seen.clients.at(-1)?.address ?? '');
  const namespace = told(seen.clients.at(-1)?.namespace ?? 'default');
  const versioned = seen.workers.find(({ buildId, deployment }) => buildId !== undefined && deployment !== undefined);
  const buildId = told(versioned?.buildId ?? '');
  const unset = [
    [address, client?.address], [namespace, client?.namespace],
    [buildId, trial.observed.workers.find((each) => each.buildId !== undefined)?.buildId],
    ...queues.map((queue, index) => [queue.told, trial.observed.workers[index]?.taskQueue] as const),
  ] as const;
  const byItself = new Map(unset.flatMap(([to, value]) => (
    'by' in to && value !== undefined && !before.has(to.by) ? [[to.by, value] as const] : []
  )));
  return {
    address, namespace, queues, byItself, listens: set === others ? followed : [], files: set === others ? files : written,
    deployment: versioned && { name: versioned.deployment ?? '', buildId },
    second,
  };
}

/** A file's text with placeholders for what the worker took from it. */
function templated(text: string, { observed: { clients, workers } }: Trial): string {
  const queue = workers[0]?.taskQueue;
  const namespace = clients.at(-1)?.namespace;
  const withQueue = queue === undefined ? text : withPlaceholder(text, queue, '{queue.main}');
  return namespace === undefined ? withQueue : withPlaceholder(withQueue, namespace, '{temporal.namespace}');
}

/** The flags of a command line with their values, after the subcommand. */
function flagsOf(args: readonly string[], command: readonly string[]): [string, string][] {
  const rest = args.slice(command.length);
  return rest.flatMap((word, index): [string, string][] => (index % 2 === 0 ? [[word, rest[index + 1] ?? '']] : []));
}
