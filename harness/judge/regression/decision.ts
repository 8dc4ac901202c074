import type { RegressionMetric } from '../../model/regression-metrics.ts';
import type { Limit } from './limits.ts';

/** The statistical answer about one metric. Everything in it can be written as JSON. */
export type Decision = {
  readonly metric: RegressionMetric;
  readonly outcome: 'pass' | 'fail' | 'inconclusive';
  /** Why it could not be judged: the pairs or the time were at their end, and the noise was too high for an answer. */
  readonly reason?: 'noise';
  /** How many pairs it was decided by; of an exact metric how often the executable was looked at. */
  readonly pairs: number;
  /** The median change from previous to subject in per cent; more is worse. */
  readonly effectPercent: number;
  /** Its 95 % interval; left out where there are too few pairs for one, and of exact metrics. */
  readonly intervalPercent?: readonly [number, number];
  /** The relative and the absolute limit as one, in per cent of previous. */
  readonly limitPercent: number;
  /** Of tests only, as in `TestSummary`. */
  readonly evidenceFail?: number;
  readonly evidencePass?: number;
  /** All of this for people, without a full stop. */
  readonly sentence: string;
};

/** `ready is 7.9 % slower`; a change that would be told as 0 is none. */
export function effectText({ words: [name, more, less] }: Limit, effectPercent: number): string {
  const size = rounded(Math.abs(effectPercent));
  return size === 0 ? `${name} is unchanged` : `${name} is ${size} % ${effectPercent > 0 ? more : less}`;
}

/** `95 % interval 6.1 to 9.6 %`, in the direction of the word that `effectText` has used. */
export function intervalText(effectPercent: number, [low, high]: readonly [number, number]): string {
  const isLess = effectPercent < 0 && rounded(effectPercent) !== 0;
  const [from, to] = isLess ? [-high, -low] : [low, high];
  return `95 % interval ${rounded(from)} to ${rounded(to)} %`;
}

/** One decimal; never -0. */
export function rounded(percent: number): number {
  return Number(percent.toFixed(1)) + 0;
}
