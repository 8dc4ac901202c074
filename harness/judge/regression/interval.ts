import { median } from 'simple-statistics';
import { afterBet, firstStakes, logMean } from './bets.ts';

/** One pair as the bets see it: its logarithmic difference, and the noise that was expected before it was seen. */
export type Step = { readonly difference: number; readonly sd: number };

/** A bound is looked for in steps of a fiftieth of `unit`, and not further than forty of it from the median. */
const [stepsOfUnit, reach] = [50, 40];

/**
 * The effects, as logarithms, that the pairs do not speak against: [lowest, highest]. An effect is out when bets on more than it, or on
 * less, would ever have made 2/`error` of 1. Such an interval holds at whatever pair one stops. A side against which nothing speaks, as
 * with five pairs or fewer, is infinite.
 */
export function intervalOf(steps: readonly Step[], unit: number, error: number): readonly [number, number] {
  // A bet at most doubles.
  if (steps.length < Math.log2(2 / error)) return [-Infinity, Infinity];
  const middle = median(steps.map(({ difference }) => difference));
  return [boundOf(steps, middle, -1, unit, error), boundOf(steps, middle, 1, unit, error)];
}

/** The nearest effect to the middle, on one side of it, that is out. */
function boundOf(steps: readonly Step[], middle: number, side: -1 | 1, unit: number, error: number): number {
  for (let index = 0; index <= stepsOfUnit * reach; index++) {
    const effect = middle + side * index * unit / stepsOfUnit;
    if (isOut(steps, effect, side, unit, Math.log(2 / error))) return effect;
  }
  return side * Infinity;
}

function isOut(steps: readonly Step[], effect: number, side: -1 | 1, unit: number, needed: number): boolean {
  let stakes = firstStakes;
  return steps.some(({ difference, sd }) => {
    stakes = afterBet(stakes, side * (effect - difference), unit, sd);
    return logMean(stakes) >= needed;
  });
}
