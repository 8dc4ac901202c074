import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { fixture } from './scope.ts';

/** How many launches may start at the same time: one more than the machine has cores, since each also waits. */
export const atOnce = availableParallelism() + 1;

/** Lets work that launches something begin as soon as fewer than that are at it. */
export const turns = fixture('turns', () => pLimit(atOnce));
