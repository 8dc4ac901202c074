import type { Report } from '../model/report.ts';

type Phase = Report['tool']['phases'][number];

/** Keeps account of where the time of a run goes. */
export class Clock {
  readonly startedAt: string = new Date().toISOString();
  #done: Phase[] = [];
  #name = 'build';
  #sinceMs = performance.now();

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
