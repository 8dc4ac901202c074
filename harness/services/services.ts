import { once } from 'node:events';
import { Socket } from 'node:net';
import { modelsMeant, modelTitle, type ServiceEntry } from '../contract/services-schema.ts';
import { endOf } from '../system/wait.ts';
import { CouldNotJudge } from '../model/errors.ts';
import { serviceOf, type Guest, type Places, type RunningService, type Visit } from './service.ts';

/** A service on this machine answers at once, or not at all. */
const answerMs = 2_000;

/** The services of a run as one launch after another uses them; lives in the suites' thread. */
export type Services = Awaited<ReturnType<typeof joinServices>>;

const keyOf = ({ index }: Guest, name: string): string => `${index} ${name}`;

/** Connects to what runs; `wanted` is what the contract lists. One that cannot be joined is as good as missing. */
export async function joinServices(wanted: readonly ServiceEntry[], running: readonly RunningService[]) {
  const joined = new Map((await Promise.all(running.map(async (each) => {
    const joining = (await serviceOf(each.kind)).join(each);
    return joining.then((service) => [[each.name, service] as const], () => []);
  }))).flat());
  const visits = new Map<string, Visit>();
  /** Which service does not answer any more, in a sentence: what fails then is not the worker's fault. */
  const down = async (): Promise<string | undefined> => {
    for (const { name, info: { host = '127.0.0.1', port } } of running) {
      if (port !== undefined && !(await answers(host, port))) return `the service ${name} does not answer any more (${host}:${port})`;
    }
    return undefined;
  };
  return {
    down,
    /**
     * Where a launch finds each of them, by the contract's names.
     * @throws {CouldNotJudge} when one is missing or does not answer any more: no launch can be judged without it.
     */
    async places(launch: Guest): Promise<Readonly<Record<string, Places>>> {
      const missing = wanted.find(({ name }) => !joined.has(name));
      const why = missing ? `there is no ${missing.name}, which the contract lists as a service` : await down();
      if (why !== undefined) throw new CouldNotJudge(why);
      return Object.fromEntries(await Promise.all([...joined].map(async ([name, each]) => {
        const visit = visits.get(keyOf(launch, name)) ?? await each.enter(launch);
        visits.set(keyOf(launch, name), visit);
        return [name, visit.places] as const;
      })));
    },
    /** The models that a `reaches` entry means, and what they are called in a sentence. */
    models(name: string) {
      const names = modelsMeant(name, wanted);
      return { names, title: names.length > 1 ? 'a model' : modelTitle(name, wanted) };
    },
    /** What a launch did at a service, oldest first; nothing where there is no such service. */
    seen: (name: string, launch: Guest): readonly string[] => visits.get(keyOf(launch, name))?.seen() ?? [],
    /** What a launch sent to services, as bytes, by the contract's names. */
    sent: (launch: Guest) => [...joined.keys()].flatMap((name) => {
      const sent = visits.get(keyOf(launch, name))?.sent;
      return sent === undefined ? [] : [{ name, sent: sent() }];
    }),
    /** The files in which services keep what launches gave them, by the contract's names. */
    kept: () => [...joined].flatMap(([name, each]) => (each.kept === undefined ? [] : [{ name, files: each.kept() }])),
    /** Gives back what was a launch's own. */
    async leave(launch: Guest): Promise<void> {
      await Promise.all([...joined.keys()].map(async (name) => visits.get(keyOf(launch, name))?.leave?.()));
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await Promise.all([...visits.values()].map(async (visit) => visit.leave?.()));
      await Promise.all([...joined.values()].map(async (each) => each[Symbol.asyncDispose]?.()));
    },
  };
}

/** Whether somebody accepts a connection there; an answer that came while this thread was busy counts. */
export async function answers(host: string, port: number): Promise<boolean> {
  const socket = new Socket();
  try {
    socket.connect({ host, port });
    await endOf('a connection', once(socket, 'connect'), { deadlineMs: answerMs });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
