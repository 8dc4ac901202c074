import { median, quantile } from 'simple-statistics';
import { mostPairs } from '../../harness/judge/regression/decide.ts';
import { sequentialTest, type TestAnswer, type TestSettings } from '../../harness/judge/regression/sequential-test.ts';
import type { Noise } from './noises.ts';
import { randomOf, type Random } from './random.ts';

/** Many gates of one kind. */
export type Cell = {
  readonly what: string;
  readonly noise: Noise;
  readonly settings: TestSettings;
  /** How much more the subject really takes, as a share. */
  readonly effect: number;
  /** How much more whoever runs second takes, as a share. */
  readonly second?: number;
  /** Subject always runs second, where a coin ought to decide. */
  readonly fixedOrder?: true;
};

/** What came out of them; shares of 1. */
export type Outcome = {
  readonly gates: number;
  readonly fail: number;
  readonly pass: number;
  readonly undecided: number;
  readonly pairsMedian: number;
  readonly pairs95: number;
};

type Gate = { readonly answer: TestAnswer; readonly pairs: number };

/** Runs the gates of a cell; the same seed gives the same outcome. */
export function outcomeOf(cell: Cell, gates: number, seed: string): Outcome {
  const { what, noise, settings, effect } = cell;
  const random = randomOf(seed, what, noise.name, settings.alpha, settings.d1, effect);
  const all = Array.from({ length: gates }, () => gate(cell, random));
  const share = (wanted: TestAnswer) => all.filter(({ answer }) => answer === wanted).length / gates;
  const pairs = all.map((one) => one.pairs);
  return {
    gates, fail: share('fail'), pass: share('pass'), undecided: share(undefined),
    pairsMedian: median(pairs), pairs95: quantile(pairs, 0.95),
  };
}

function gate({ noise, settings, effect, second = 0, fixedOrder }: Cell, random: Random): Gate {
  const [decided, next] = [sequentialTest(settings), noise.begin(random)];
  for (let pairs = 1; pairs <= mostPairs; pairs++) {
    const [one, two] = next();
    const [first, last] = [Math.exp(one), Math.exp(two) * (1 + second)];
    const isSubjectLast = fixedOrder ?? random() < 0.5;
    const [subject, previous] = isSubjectLast ? [last, first] : [first, last];
    const answer = decided.add(subject * (1 + effect), previous);
    if (answer !== undefined) return { answer, pairs };
  }
  return { answer: undefined, pairs: mostPairs };
}
