import type { ServiceKind } from '../contract/service-kinds.ts';
import { UsageError } from '../model/errors.ts';
import { LlmStandIn } from '../services/llm.ts';
import { serviceOf, type Joined, type Started, type StartOptions } from '../services/service.ts';
import type { Knob } from './knobs.ts';
import type { Lack } from './lack.ts';
import { roleOf } from './roles.ts';

type Kind = Exclude<ServiceKind, 'command'>;

const ports: Readonly<Record<number, Kind>> = { 6379: 'redis', 5432: 'postgres' };
const titles: Readonly<Record<Kind, string>> = { redis: 'Redis', postgres: 'PostgreSQL', llm: 'a model' };

/** What a worker turned out to talk to while its contract was being written: real servers, started when they are first needed. */
export class Services implements AsyncDisposable {
  /** By variable or flag, the service whose address it gets. */
  readonly told = new Map<string, Kind>();
  readonly #options: Omit<StartOptions, 'folder'> & { readonly folder: string };
  readonly #model = new LlmStandIn();
  readonly #running = new Map<Kind, Promise<string>>();
  readonly #open: (Started | Joined)[] = [];

  constructor(options: StartOptions) {
    this.#options = options;
  }

  /** The kinds that were needed, in the order of their start. */
  get kinds(): readonly Kind[] {
    return [...new Set(this.told.values())];
  }

  /** The address of the service that this variable's name speaks of. @throws {InfrastructureError} where it cannot be had. */
  async valueFor(knob: Pick<Knob, 'name'>): Promise<string> {
    const role = roleOf(knob);
    return this.#tell(knob.name, role === 'redis' || role === 'postgres' ? role : 'llm');
  }

  #tell(name: string, kind: Kind): Promise<string> {
    this.told.set(name, kind);
    return this.#url(kind);
  }

  /**
   * Starts what a worker called at a port where nobody answers, and finds the variable that tells it where that is.
   * @throws {UsageError} where nobody knows what that is, or by what the worker is told.
   */
  async standIn({ host, port }: Lack & { kind: 'service' }, knobs: readonly Knob[]) {
    const place = `${host}:${port}`;
    const near = knobs.find((knob) => knob.default?.includes(place) ?? false)
      ?? knobs.find(({ default: preset }) => preset !== undefined && preset.includes(`:${port}`));
    const role = near && roleOf(near);
    const kind = role === 'redis' || role === 'postgres' ? role : ports[port];
    if (kind === undefined) throw new UsageError(`it calls ${place} before it registers a worker, and nobody answers there: start what ` +
      `belongs there and run init again; in the contract it becomes a service with a command${near ? `, told by ${near.name}` : ''}`);
    const knob = near ?? knobs.find((each) => roleOf(each) === kind);
    if (knob === undefined || this.told.has(knob.name)) throw new UsageError(`it calls ${titles[kind]} at ${place}, and no variable and ` +
      'no flag was seen by which it could be told another place: start it there and run init again');
    return { name: knob.name, value: await this.#tell(knob.name, kind), title: titles[kind] };
  }

  #url(kind: Kind): Promise<string> {
    const url = this.#running.get(kind) ?? this.#start(kind);
    this.#running.set(kind, url);
    return url;
  }

  async #start(kind: Kind): Promise<string> {
    if (kind === 'llm') return this.#model.listen();
    const service = await serviceOf(kind);
    const entry = { name: kind, kind, command: [], ready: { tcp: '{port}', withinSeconds: 60 } };
    const started = await service.start(entry, this.#options);
    this.#open.push(started);
    const joined = await service.join({ ...entry, info: started.info });
    this.#open.push(joined);
    return (await joined.enter({ index: 0, model: this.#model })).places.url ?? '';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const each of this.#open.toReversed()) await each[Symbol.asyncDispose]?.();
    await this.#model[Symbol.asyncDispose]();
  }
}

/** Those that were needed, and those of which a variable for an address speaks by its name: nobody else may be called in a test. */
export function withPlaces(told: ReadonlyMap<string, string>, knobs: ReadonlyMap<string, Knob>): ReadonlyMap<string, string> {
  const named = [...knobs.values()].flatMap((knob) => {
    const role = roleOf(knob);
    const kind = role === 'model' ? 'llm' : role;
    const isKind = kind === 'llm' || kind === 'redis' || kind === 'postgres';
    return isKind && /(?:URL|BASE)$/i.test(knob.name) ? [[knob.name, kind] as const] : [];
  });
  return new Map([...named, ...told]);
}
