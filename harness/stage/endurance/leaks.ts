import type { Contract } from '../../contract/schema.ts';
import type { SdkName } from '../worker-sdk.ts';
import { growthOf, type Growth } from './growth.ts';
import type { Look } from './windows.ts';

type Limits = Contract['budgets']['leak'];

/** Something that must not grow with the number of executions. */
type Kind = {
  readonly words: string;
  readonly unit: string;
  /** Undefined where this machine does not tell. */
  readonly of: (look: Look) => number | undefined;
  readonly limit: number;
  /** The key of that limit. */
  readonly setting: keyof Limits;
  /** What comes and goes in a healthy worker. */
  readonly noticeable: number;
  /** Whether garbage may wait in it for a collection. */
  readonly collected?: boolean;
  readonly remedy: string;
};

const kindsOf = (leak: Limits): Kind[] => [
  {
    words: 'memory', unit: 'kB', of: ({ memoryBytes }) => memoryBytes / 1_000, noticeable: 8_000, collected: true,
    limit: leak.memoryKbPerExecution, setting: 'memoryKbPerExecution',
    remedy: 'look for what is kept of each execution: a list or dict of a module, a cache without a bound, a client that is made anew',
  },
  {
    words: 'open descriptors', unit: 'descriptors', of: ({ descriptors }) => descriptors, noticeable: 4,
    limit: leak.descriptorsPerExecution, setting: 'descriptorsPerExecution',
    remedy: 'close files, sockets and clients where they are opened (with …:), or make one for all executions',
  },
  {
    words: 'threads', unit: 'threads', of: ({ threads }) => threads, noticeable: 4,
    limit: leak.threadsPerExecution, setting: 'threadsPerExecution',
    remedy: 'make one pool for the whole process; shut down an executor that is made for one execution',
  },
  {
    words: 'zombies', unit: 'processes', of: ({ zombies }) => zombies, noticeable: 3,
    limit: leak.processesPerExecution, setting: 'processesPerExecution',
    remedy: 'wait for every process that the worker starts (process.wait(), subprocess.run)',
  },
  {
    words: 'processes', unit: 'processes', of: ({ processes }) => processes, noticeable: 3,
    limit: leak.processesPerExecution, setting: 'processesPerExecution',
    remedy: 'end the processes that an execution starts before it completes',
  },
  {
    words: 'files in its room', unit: 'files', of: ({ files }) => files, noticeable: 4,
    limit: leak.filesPerExecution, setting: 'filesPerExecution',
    remedy: 'remove what an execution writes, for example with tempfile.TemporaryDirectory',
  },
];

/**
 * How much a healthy heap may grow before it is collected as a whole, as a share of all that the process holds. V8 lets it come to four
 * times what lives in it (heap-controller.h, kMaxGrowingFactor), and each thread of workflows has one. A worker of the TypeScript SDK was
 * seen to go from 320 to 550 MB in 2,400 executions, 50 at a time, before it gave 190 MB back.
 */
const heapGrowth: Partial<Readonly<Record<SdkName, number>>> = { typescript: 1 };

/** What became of one kind over all looks. */
export type Held = { readonly kind: Kind; readonly growth: Growth; readonly first: number; readonly last: number };

/** How everything grew that this machine tells of. */
export function heldBy(looks: readonly Look[], limits: Limits, sdk: SdkName | undefined): Held[] {
  const lazily = sdk && heapGrowth[sdk];
  return kindsOf(limits).flatMap((kind) => {
    const points = looks.flatMap((look) => {
      const amount = kind.of(look);
      return amount === undefined ? [] : [{ at: look.executions, amount }];
    });
    const [first, last] = [points[0]?.amount, points.at(-1)?.amount];
    if (first === undefined || last === undefined) return [];
    return [{ kind, growth: growthOf(points, kind.collected && lazily ? { ...kind, heapGrowth: lazily } : kind), first, last }];
  });
}

const shown = (number: number): string => (Math.abs(number) >= 10 ? number.toFixed(0) : String(Number(number.toPrecision(2))));

/** `memory: 201 kB more with each execution (95 %: 190 to 212), from 180012 to 240310`. */
export function growthSentence({ kind: { words, unit }, growth: { perExecution, low, high }, first, last }: Held): string {
  if (low === -Infinity) {
    return `${words}: too few executions in the time for it to tell how it grows, from ${shown(first)} to ${shown(last)}`;
  }
  return `${words}: ${shown(perExecution)} ${unit} more with each execution (95 %: ${shown(low)} to ${shown(high)}), from ` +
    `${shown(first)} to ${shown(last)}`;
}

/** From what on a leak would have been seen: `from 53 kB or 0.027 descriptors each on`. */
export function seenFrom(held: readonly Held[]): string {
  const [memory, ...others] = held;
  const counted = others.find(({ kind }) => kind.setting === 'descriptorsPerExecution');
  const parts = [memory, counted].flatMap((one) => (one === undefined ? [] : [`${shown(one.growth.limit)} ${one.kind.unit}`]));
  return `leaks are seen from ${parts.join(' or ')} each on`;
}

/** `at most 5 kB`; where fewer cannot be told apart from what comes and goes, what can. */
export function limitText({ kind: { unit }, growth: { limit } }: Held): string {
  return `at most ${shown(limit)} ${unit} with each execution`;
}
