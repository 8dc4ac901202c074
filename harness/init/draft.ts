import type { ServiceKind } from '../contract/service-kinds.ts';
import type { SeenExecutable } from './black-box/see-executable.ts';
import type { Knob } from './knobs.ts';
import type { SeenWorker } from './observed.ts';
import type { Pointers, Told } from './pointers.ts';
import type { Refused } from './refused.ts';
import type { Stopped } from './stop.ts';

/** Everything that a first contract is made of. */
export type Draft = {
  readonly worker: string;
  readonly version: string | undefined;
  readonly source: { readonly entry: string; readonly manager: string; readonly spec?: string } | undefined;
  readonly command: readonly string[];
  readonly interface: { readonly version: readonly string[] | undefined; readonly help: readonly string[] | undefined };
  readonly pointers: Pick<Pointers, 'address' | 'namespace' | 'queues' | 'deployment' | 'byItself'>;
  /** Its configuration files, with placeholders. */
  readonly files: ReadonlyMap<string, string>;
  /** Variables that always lead to one of them. */
  readonly always: ReadonlyMap<string, string>;
  /** By variable or flag, the kind of service whose address it gets. */
  readonly services: ReadonlyMap<string, ServiceKind>;
  /** Those of them by which it was seen to be told: it called there. */
  readonly called: ReadonlySet<string>;
  readonly knobs: readonly Knob[];
  /** Without these it did not start. */
  readonly required: readonly string[];
  readonly identity: string | undefined;
  readonly codec: boolean;
  readonly stops: readonly Stopped[];
  /** How long a stop waits for work in flight, in seconds; undefined where nothing tells. */
  readonly graceSeconds: number | undefined;
  /** By variable or flag, what it refuses. */
  readonly refused: ReadonlyMap<string, Refused>;
  /** By variable or flag, the text of its output that holds the value. */
  readonly logged: ReadonlyMap<string, string>;
  /** Where it listens, the same in two launches. */
  readonly listens: readonly string[];
  readonly searchAttributes: Readonly<Record<string, string>>;
  readonly bundle: { readonly python?: string; readonly excludes?: readonly string[] };
  /** What only its executable shows; undefined where there is none. */
  readonly executable: SeenExecutable | undefined;
  /** The Nexus endpoint that its source names. */
  readonly endpoint: string | undefined;
  readonly platform: string;
};

/** A task queue with the name that the contract gives it. */
export type NamedQueue = { readonly name: string; readonly told: Told } & Pick<SeenWorker, 'workflows' | 'activities' | 'operations'>;

/** The queues, each once: several workers may poll one. */
export function queuesOf({ queues }: Pick<Pointers, 'queues'>): NamedQueue[] {
  const known = queues.filter(({ isDrawn }) => !isDrawn);
  const keyOf = ({ told }: Pick<NamedQueue, 'told'>): string => (
    'by' in told ? told.by : 'placed' in told ? told.placed : `=${told.fixed}`);
  const groups = [...Map.groupBy(known, keyOf).values()];
  const only = groups.filter(([first]) => first !== undefined && !('fixed' in first.told)).length === 1;
  return groups.map((same, index): NamedQueue => {
    const told = same[0]?.told ?? { fixed: '' };
    return {
      name: groups.length === 1 || (!('fixed' in told) && only) ? 'main' : nameOf(told, index),
      told,
      workflows: unique(same.flatMap(({ worker }) => worker.workflows)),
      activities: unique(same.flatMap(({ worker }) => worker.activities)),
      operations: unique(same.flatMap(({ worker }) => worker.operations)),
    };
  });
}

function nameOf(told: Told, index: number): string {
  const said = 'by' in told ? told.by.replace(/^-+/, '').replace(/_?TASK_QUEUE$|_?QUEUE$/i, '') : 'placed' in told ? '' : told.fixed;
  const text = said.toLowerCase();
  const name = text.replaceAll(/[^\w-]+/g, '-').replace(/^[^a-z]+|-+$/g, '');
  return name === '' || name === 'temporal' ? `queue-${index + 1}` : name;
}

function unique<T extends { readonly name: string | undefined }>(all: readonly T[]): T[] {
  return [...new Map(all.map((each) => [each.name, each])).values()];
}
