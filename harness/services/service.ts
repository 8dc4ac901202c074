import type { Place, ServiceKind } from '../contract/service-kinds.ts';
import type { ServiceEntry } from '../contract/services-schema.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';

/** Where a launch finds a service. */
export type Places = Readonly<Partial<Record<Place, string>>>;

/** What runs for the whole run, as plain data that can be handed to a thread. */
export type ServiceInfo = {
  /** For the report. */
  readonly version: string;
  readonly origin: string;
  /** What it does not prove, in a sentence; where it is not the real thing. */
  readonly notVerified?: string;
  /** Where it listens, when it does so for the whole run. */
  readonly host?: string;
  readonly port?: number;
  readonly password?: string;
  /** The file to which the service itself writes what it is asked. */
  readonly log?: string;
};

/** A service of the contract that was started. */
export type RunningService = ServiceEntry & { readonly info: ServiceInfo };

export type StartOptions = {
  readonly how: 'auto' | 'local' | 'container';
  readonly run: RunFolder;
  /** The contract's folder. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
};

/** A service from its start to the end of the run; lives in the main thread. */
export type Started = AsyncDisposable & {
  readonly info: ServiceInfo;
  /** What went wrong since it was started, in a sentence. */
  readonly problem?: () => string | undefined;
  /** What it printed, where that is worth keeping. */
  readonly log?: () => string;
};

/** The models that a launch talks to, as services know them. */
type Model = AsyncDisposable & {
  readonly listen: (service: string) => Promise<string>; readonly requests: readonly { readonly service: string; readonly path: string }[];
};

/** One launch, as services know it: its number in the run, and its models. */
export type Guest = { readonly index: number; readonly model: Model };

/** What a launch has of a service. */
export type Visit = {
  readonly places: Places;
  /** What the launch did there, oldest first. */
  readonly seen: () => readonly string[];
  /** What the launch sent there, as the bytes that it were: all together, or a value by itself, which may be compressed. */
  readonly sent?: () => Iterable<Uint8Array>;
  /** Gives back what was the launch's own; again does nothing. */
  readonly leave?: () => PromiseLike<unknown>;
};

/** A running service as launches come to it; lives in the suites' thread. */
export type Joined = Partial<AsyncDisposable> & {
  readonly enter: (launch: Guest) => Promise<Visit>;
  /** The files in which it keeps what launches gave it, where there are any on this machine. */
  readonly kept?: () => readonly string[];
};

/** The programs of a service, which a machine may not have. */
export type Programs = {
  readonly title: string;
  /** The name of their package in the cache, and its size; undefined where the machine has them, or none is pinned for it. */
  readonly packed: () => { readonly cacheName: string; readonly size: string } | undefined;
  /** Brings them into the cache where they are not there. @throws {InfrastructureError} where they cannot be had. */
  readonly fetch: (options: Pick<StartOptions, 'signal' | 'say'>) => Promise<{ readonly origin: string }>;
};

/**
 * One kind of service: `start` brings it up once for the run, `join` connects the suites' thread to it. A file of the kind's
 * name exports it as `service`.
 */
export type Service = {
  readonly id: ServiceKind;
  /** @throws {InfrastructureError} when it cannot be had, with the ways out. */
  readonly start: (entry: ServiceEntry, options: StartOptions) => Promise<Started>;
  readonly join: (running: RunningService) => Promise<Joined>;
  /** What it runs, where that may have to be fetched. */
  readonly programs?: Programs;
};

/** The service of a kind; what a contract does not name is not even loaded. */
export async function serviceOf(kind: ServiceKind): Promise<Service> {
  const { service }: { service: Service } = await import(/* @vite-ignore */ `./${kind}.ts`);
  return service;
}
