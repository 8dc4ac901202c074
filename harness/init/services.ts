import { kindByPort, serviceSigns, type ServiceKind } from '../contract/service-kinds.ts';
import { UsageError } from '../model/errors.ts';
import { LlmStandIn } from '../services/llm.ts';
import { serviceOf, type Joined, type Started, type StartOptions } from '../services/service.ts';
import type { Knob } from './knobs.ts';
import type { Lack } from './lack.ts';
import { serviceBy } from './roles.ts';

/** What a worker turned out to talk to while its contract was being written: real servers, started when they are first needed. */
export class Services implements AsyncDisposable {
  /** By variable or flag, the service whose address it gets. */
  readonly told = new Map<string, ServiceKind>();
  readonly #options: Omit<StartOptions, 'folder'> & { readonly folder: string };
  readonly #model = new LlmStandIn();
  readonly #running = new Map<ServiceKind, Promise<string>>();
  readonly #open: (Started | Joined)[] = [];

  constructor(options: StartOptions) {
    this.#options = options;
  }

  /** The address of a service, for the variable or flag of this name. @throws {InfrastructureError} where it cannot be had. */
  tell(name: string, kind: ServiceKind): Promise<string> {
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
    const kind = (near && serviceBy(near)) ?? kindByPort(port);
    if (kind === undefined) throw new UsageError(`it calls ${place} before it registers a worker, and nobody answers there: start what ` +
      `belongs there and run init again; in the contract it becomes a service with a command${near ? `, told by ${near.name}` : ''}`);
    const title = serviceSigns[kind]?.title ?? kind;
    const knob = near ?? knobs.find((each) => serviceBy(each) === kind);
    if (knob === undefined || this.told.has(knob.name)) throw new UsageError(`it calls ${title} at ${place}, and no variable and ` +
      'no flag was seen by which it could be told another place: start it there and run init again');
    return { name: knob.name, value: await this.tell(knob.name, kind), title };
  }

  #url(kind: ServiceKind): Promise<string> {
    const url = this.#running.get(kind) ?? this.#start(kind);
    this.#running.set(kind, url);
    return url;
  }

  async #start(kind: ServiceKind): Promise<string> {
    if (serviceSigns[kind]?.isModel) return this.#model.listen();
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
export function withPlaces(
  told: ReadonlyMap<string, ServiceKind>, knobs: ReadonlyMap<string, Knob>,
): ReadonlyMap<string, ServiceKind> {
  const named = [...knobs.values()].flatMap((knob) => {
    const kind = serviceBy(knob);
    return kind !== undefined && /(?:UR[IL]|BASE)$/i.test(knob.name) ? [[knob.name, kind] as const] : [];
  });
  return new Map([...named, ...told]);
}
