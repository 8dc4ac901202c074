import { startDecision, type Cap } from '../../judge/regression/decide.ts';
import type { Decision } from '../../judge/regression/decision.ts';
import type { Limit } from '../../judge/regression/limits.ts';
import { watchContention, type Contention } from '../../system/cpu/contention.ts';
import type { Pair } from './arms.ts';

/** A metric that one run shows, in the unit of its limit, and what of a change is allowed, as a share. */
export type Metric<T> = { readonly limit: Limit; readonly of: (run: T) => number; readonly tolerance: number };

/** What all of them are decided with. */
export type Rates = { readonly alpha: number; readonly cap: Cap };

/** What was decided about a metric, and of which values: pair n of one arm belongs to pair n of the other. */
export type Decided = {
  readonly limit: Limit; readonly decision: Decision; readonly subject: readonly number[]; readonly previous: readonly number[];
  /** What else the machine did during each of the pairs; exact metrics hardly depend on it. */
  readonly contention?: readonly Contention[];
};

/** Runs of one kind, a pair at a time, of which each shows several metrics. */
export type Series<T = unknown> = {
  /** Whether any of its metrics wants another pair. */
  readonly isOpen: () => boolean;
  readonly next: () => Promise<void>;
  readonly decided: () => readonly Decided[];
  /** Every pair so far, the warm-up not among them. */
  readonly pairs: readonly Pair<T>[];
};

/**
 * Begins with a pair that does not count, because whoever runs first finds nothing warm. A metric that is decided takes no further pair.
 * `elapsedMs` is how long all of it has taken.
 */
export async function startSeries<T>(
  pairAt: (index: number) => Promise<Pair<T>>, metrics: readonly Metric<T>[], { alpha, cap }: Rates, elapsedMs: () => number,
): Promise<Series<T>> {
  const warmUp = await pairAt(0);
  const pairs: Pair<T>[] = [];
  const contention: Contention[] = [];
  const tests = metrics.map(({ limit, of, tolerance }) => ({
    limit, of, isOpen: true, test: startDecision({ limit, previousAtWarmUp: of(warmUp.previous), alpha, tolerance, cap }),
  }));
  return {
    pairs,
    isOpen: () => tests.some(({ isOpen }) => isOpen),
    async next() {
      const contended = watchContention();
      const pair = await pairAt(pairs.length);
      contention.push(contended());
      const endedMs = elapsedMs();
      pairs.push(pair);
      for (const one of tests) {
        if (one.isOpen) one.isOpen = one.test.add({ subject: one.of(pair.subject), previous: one.of(pair.previous), endedMs });
      }
    },
    decided: () => tests.map(({ limit, of, test }) => {
      const decision = test.decision();
      const used = pairs.slice(0, decision.pairs);
      return {
        limit, decision, subject: used.map(({ subject }) => of(subject)), previous: used.map(({ previous }) => of(previous)),
        contention: contention.slice(0, decision.pairs),
      };
    }),
  };
}
