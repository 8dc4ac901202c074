import { CouldNotJudge, UsageError } from '../../model/errors.ts';
import { count } from '../../model/format.ts';
import { effectText, intervalText, rounded, type Decision } from './decision.ts';
import { effectivePercent, type Limit } from './limits.ts';
import { sequentialTest, type TestAnswer, type TestSummary } from './sequential-test.ts';

/** One value of each executable, from two runs side by side, in the unit of the limit. */
export type Pair = {
  readonly subject: number;
  readonly previous: number;
  /** When its second run had ended, in milliseconds since the first pair began. */
  readonly endedMs: number;
};

/** When pairs are no longer worth it; more pairs than that are seldom what a noisy machine lacks. */
export type Cap = { readonly pairs: number; readonly timeMs: number };

/** What a decision is made with; settle all of it before the first pair. */
export type DecisionSettings = {
  readonly limit: Limit;
  /** The value of previous in its warm-up, which is part of no pair; the median, where there were several. */
  readonly previousAtWarmUp: number;
  /** The error rate that this test has of the whole release's: `sharedAlpha`. */
  readonly alpha: number;
  /** How often at most a regression of the limit's size may pass; 0.03 when left out. */
  readonly beta?: number;
  /** The contract's `tolerance`, as a share; nothing is tolerated when left out. */
  readonly tolerance?: number;
  readonly cap: Cap;
};

/** How many pairs are enough: what is still undecided then lies between nothing and the limit, or in noise. */
export const mostPairs = 120;

/**
 * Decides about one metric, pair by pair, until the test answers or the cap is reached.
 *
 * A limit is broken only where the relative and the absolute one are, so the test is of the larger of both: d1 is the larger of
 * `percent` and of `atLeast` as a share of what previous took in its warm-up. It has to be known before the first pair and to stay. False
 * alarms would be as rare with any d1 that no pair it judges has a say in, because where nothing has changed the sign of a difference is
 * fair whatever is bet on; but `pass`, which says less than d1, would speak of another d1 at every pair, and beta of none. A warm-up that
 * was slow by chance makes the absolute limit stricter by as much, and no alarm falser. Nor may the absolute limit be held against the
 * median afterwards: half of all regressions of just that size have a smaller median, and would pass.
 *
 * So `fail` says: surely more than nothing (or than what is tolerated), and not shown to be less than the limit. `pass`: surely less than
 * the limit. In between, about half of it, either may come.
 *
 * @throws {UsageError} for settings that no test can have, {CouldNotJudge} for a value, in the warm-up or a pair, that is not above zero.
 */
export function startDecision(settings: DecisionSettings): {
  /** Takes one more pair. @returns whether another one is wanted. */
  readonly add: (pair: Pair) => boolean;
  /** As it stands: what the test has not answered yet is inconclusive. */
  readonly decision: () => Decision;
} {
  const { limit, previousAtWarmUp, alpha, beta = 0.03, tolerance = 0, cap } = checked(settings);
  const limitPercent = effectivePercent(limit, previousAtWarmUp);
  const { startSd } = limit;
  const test = sequentialTest({ d1: limitPercent / 100, tolerance, alpha, beta, ...(startSd !== undefined && { startSd }) });
  let [pairs, end]: [number, End | undefined] = [0, undefined];
  return {
    add: ({ subject, previous, endedMs }) => {
      if (end !== undefined) return false;
      const answer = test.add(subject, previous);
      pairs += 1;
      if (answer !== undefined) end = 'answered';
      else if (pairs >= cap.pairs) end = 'pairs';
      else if (endedMs >= cap.timeMs) end = 'time';
      return end === undefined;
    },
    decision: () => {
      const summary = test.summary();
      const { intervalPercent, ...rest } = summary;
      const outcome = test.answer ?? 'inconclusive';
      return {
        metric: limit.metric, outcome, ...(outcome === 'inconclusive' && { reason: 'noise' }), ...rest,
        ...(intervalPercent.every(Number.isFinite) && { intervalPercent }), limitPercent,
        sentence: sentenceOf(limit, [limitPercent, tolerance], test.answer, end, summary),
      };
    },
  };
}

/** The decision that pairs which were collected lead to; those after its answer or its cap change nothing. */
export function decide(pairs: readonly Pair[], settings: DecisionSettings): Decision {
  const { add, decision } = startDecision(settings);
  pairs.every(add);
  return decision();
}

/** Why no more pairs are wanted, and what is told of it. */
type End = 'answered' | 'pairs' | 'time';
const ends: Readonly<Record<End, string>> = { answered: '', pairs: ', noise is too high for this limit', time: ', its time was over' };

function sentenceOf(
  limit: Limit, [limitPercent, tolerance]: readonly [number, number], answer: TestAnswer, end: End | undefined, summary: TestSummary,
): string {
  const { effectPercent, intervalPercent, pairs } = summary;
  const interval = intervalPercent.every(Number.isFinite) ? intervalText(effectPercent, intervalPercent) : 'too few pairs for an interval';
  const told = `${answer ?? "can't tell"} after ${count(pairs, 'pair')}${ends[end ?? 'answered']}`;
  const beyond = tolerance === 0 ? '' : ` beyond the ${rounded(100 * tolerance)} % that are allowed`;
  return `${effectText(limit, effectPercent)}, ${interval}, limit ${rounded(limitPercent)} %${beyond}: ${told}`;
}

function checked(settings: DecisionSettings): DecisionSettings {
  const { limit: { words: [name] }, previousAtWarmUp, cap } = settings;
  if (!(previousAtWarmUp > 0 && previousAtWarmUp < Infinity)) {
    throw new CouldNotJudge(`${name} of previous was ${previousAtWarmUp} in its warm-up, and must be more than zero. Was it measured?`);
  }
  if (!(cap.pairs >= 1 && cap.timeMs > 0)) {
    throw new UsageError(`The cap for ${name} is ${cap.pairs} pairs and ${cap.timeMs} ms: give a pair or more, and a time above zero.`);
  }
  return settings;
}
