import type { Report } from '../model/report.ts';

type Phase = Report['tool']['phases'][number];

/** Keeps account of where the time of a run goes. */
export class Clock {
  readonly #startedEpochMs = Date.now();
  readonly #startedMs = performance.now();
  #done: Phase[] = [];
  #name = 'build';
  #sinceMs = performance.now();

  get startedAt(): string {
    return new Date(this.#startedEpochMs).toISOString();
  }

  /** Now, by a clock that nobody sets back meanwhile. */
  get endedAt(): string {
    return new Date(this.#startedEpochMs + performance.now() - this.#startedMs).toISOString();
  }

  /** Ends the phase before and begins another. */
  enter(name: string): void {
    this.#done = this.phases();
    this.#name = name;
    this.#sinceMs = performance.now();
  }

  /** The phases so far, the one that runs included. */
  phases(): Phase[] {
    return [...this.#done, { name: this.#name, durationMs: performance.now() - this.#sinceMs }];
  }
}
