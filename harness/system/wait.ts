import { setTimeout as pause } from 'node:timers/promises';

/** How a wait ends when its condition does not come. */
export type WaitOptions = {
  readonly deadlineMs: number;
  /** Ends the wait at once, for example the test context's signal. */
  readonly signal?: AbortSignal | undefined;
  /** Time between two probes, 25 ms unless given. */
  readonly everyMs?: number;
  /** A sentence that ends the wait at once, for example "the process exited with 1". */
  readonly over?: () => string | undefined;
  /** What was seen instead, for the error. */
  readonly seen?: () => string;
};

/** A condition that did not come in time; the message says what, how long, and what was seen instead. */
export class WaitFailed extends Error {
  override readonly name = 'WaitFailed';
}

/**
 * Waits until `probe` returns something other than undefined, and returns that.
 * @throws {WaitFailed} after the deadline, at an abort, or as soon as `over` gives a reason.
 */
export async function waitFor<T>(what: string, probe: () => T | undefined | Promise<T | undefined>, options: WaitOptions): Promise<T> {
  const start = performance.now();
  let lastError: unknown;
  for (;;) {
    try {
      const found = await probe();
      if (found !== undefined) return found;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    const elapsedMs = performance.now() - start;
    const end = options.over?.() ?? (options.signal?.aborted ? 'the run was interrupted' : undefined);
    if (end === undefined && elapsedMs < options.deadlineMs) {
      await pause(options.everyMs ?? 25);
      continue;
    }
    const how = end === undefined ? `within ${options.deadlineMs / 1000} s` : `(${end} after ${(elapsedMs / 1000).toFixed(1)} s)`;
    const seen = options.seen?.() ?? (lastError instanceof Error ? lastError.message : '');
    throw new WaitFailed(`waited for ${what}: it did not come ${how}${seen ? `; ${seen}` : ''}`, { cause: lastError });
  }
}
