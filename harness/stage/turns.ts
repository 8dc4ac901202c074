import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { isOneAtATime } from '../contract/one-at-a-time.ts';
import type { RunContext } from './run-context.ts';
import { fixture } from './scope.ts';

/** How many launches may start at the same time: one more than the machine has cores, since each also waits. */
const atOnce = availableParallelism() + 1;

/** The same for a run, whose worker may not be able to run twice at once. */
export const atOnceIn = ({ contract }: Pick<RunContext, 'contract'>): number => (isOneAtATime(contract) ? 1 : atOnce);

/** Lets work that launches something begin as soon as fewer than that are at it. */
export const turns = fixture('turns', ({ run }) => pLimit(atOnceIn(run)));
