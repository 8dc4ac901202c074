import { availableParallelism } from 'node:os';
import { fixture } from './scope.ts';

/** How many launches may start at the same time: one more than the machine has cores, since each also waits. */
export const atOnce = availableParallelism() + 1;

/** Lets work that launches something begin as soon as fewer than the limit are at it. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }
}

export const turns = fixture('turns', () => new Turns());
