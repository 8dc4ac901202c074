import { availableParallelism } from 'node:os';

/** How many launches may start at the same time: one more than the machine has cores, since each also waits. */
const limit = availableParallelism() + 1;

let running = 0;
const queue: (() => void)[] = [];

/** Runs work that launches something, as soon as fewer than the limit are at it. */
export async function overlapping<T>(work: () => Promise<T>): Promise<T> {
  if (running >= limit) await new Promise<void>((resolve) => queue.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    queue.shift()?.();
  }
}
