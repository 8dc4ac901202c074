import { randomInt } from 'node:crypto';
import { CheckFailed, CouldNotJudge } from '../../model/errors.ts';
import { allowedCpus } from '../../system/cpu/pinned.ts';
import type { Launch } from '../../system/launch/launch.ts';
import { WaitFailed } from '../../system/wait.ts';
import { ended } from '../../temporal/ready.ts';

/** The two executables that are held against each other. */
export type Arm = 'subject' | 'previous';

/** One value of each. */
export type Pair<T> = Readonly<Record<Arm, T>>;

/** What both runs of a pair have in common: variables besides their own, and a CPU, for those that are bound to one. */
export type Shared = { readonly environment: Readonly<Record<string, string>>; readonly cpu: number | undefined };

/** Runs one of them once. */
export type RunOne<T> = (arm: Arm, shared: Shared) => Promise<T>;

/** The largest environment that a shell has is some kilobytes; where the stack begins follows from its length, and some speed from that. */
const paddingBelow = 4_096;

/**
 * Both have the same padding in their environment, of another length for each pair, so that no layout of memory speaks for one of them, and
 * the same CPU, the next one for each pair, so that a slow one speaks for none.
 */
export function sharedOf(index: number, cpus: readonly number[] = allowedCpus()): Shared {
  return { environment: { PADDING: 'x'.repeat(randomInt(paddingBelow)) }, cpu: cpus[index % cpus.length] };
}

/** Both in the order in which they run: drawn, because the second run has an advantage or a disadvantage. */
export function coin(): readonly [Arm, Arm] {
  return Math.random() < 0.5 ? ['subject', 'previous'] : ['previous', 'subject'];
}

/** Runs both once, one right after the other; the coin says who is first. */
export async function pairOf<T>(runOne: RunOne<T>, index: number, shared: Shared = sharedOf(index)): Promise<Pair<T>> {
  const [one, other] = coin();
  const [first, second] = [await runOne(one, shared), await runOne(other, shared)];
  return one === 'subject' ? { subject: first, previous: second } : { subject: second, previous: first };
}

/**
 * What a launch of the pairs did instead of what was to be measured, with its last lines. Of the last release nothing can be said then; an
 * executable that ends by itself is broken, and no sample.
 */
export function faultOf(arm: Arm, launch: Launch, work: string, cause: unknown): Error {
  const [how, isMachine] = [ended(launch), cause instanceof WaitFailed && cause.kind === 'machine'];
  const lines = `its last lines:\n${launch.output.tail(8) || '(it printed nothing)'}`;
  const what = how ?? (isMachine ? 'it waited for a CPU that others had for too long' : 'it runs, but not within its time');
  const other = launch.command.variant === 'baseline' ? 'the worker from source (the baseline)' : 'the last release (--previous)';
  if (arm === 'previous') return new CouldNotJudge(`${other} does not ${work}: ${what}; ${lines}`, { cause });
  if (how === undefined) return new CouldNotJudge(`a launch of the pairs did not ${work}: ${what}; ${lines}`, { cause });
  return new CheckFailed(`a launch of the pairs did not ${work}: ${how}`, {
    expected: 'every launch works', got: lines, remedy: 'look at its last lines: it does not always start',
  }, { cause });
}
