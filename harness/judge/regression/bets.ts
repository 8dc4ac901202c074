/** The bets are on effects of once, 1.7 times and three times the regression that must be caught: one alone would be slow at the others. */
export const multiples: readonly number[] = [1, 1.7, 3];

/** Student's t with three degrees of freedom: one wild pair costs little, where a normal curve would lose its power to it. */
const freedom = 3;

/**
 * The logarithm of what a bet of 1 on an effect of `effect` has become after a difference of `z`, where noise has a standard deviation of
 * `sd`. The bet of `z` and that of `-z` sum up to 2: where both signs are as likely nothing is won on average, whatever the noise is.
 */
export function logBet(z: number, effect: number, sd: number): number {
  const [hit, miss] = [logKernel((z - effect) / sd), logKernel((z + effect) / sd)];
  const top = Math.max(hit, miss);
  return Math.LN2 + hit - top - Math.log(Math.exp(hit - top) + Math.exp(miss - top));
}

function logKernel(x: number): number {
  return -(freedom + 1) / 2 * Math.log1p(x ** 2 / freedom);
}

/** The logarithm of the mean of numbers that are given as logarithms, none of which needs to be one that a double can hold. */
export function logMean(logs: readonly number[]): number {
  const top = Math.max(...logs);
  return top + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - top), 0) / logs.length);
}

/** What the bets on one side have won so far: the logarithms by multiple. */
export type Stakes = readonly number[];

/** Before any pair every bet is worth 1. */
export const firstStakes: Stakes = multiples.map(() => 0);

/** The stakes after one more difference `z`; `unit` is the effect that the multiples count in. */
export function afterBet(stakes: Stakes, z: number, unit: number, sd: number): Stakes {
  return stakes.map((log, index) => log + logBet(z, (multiples[index] ?? 1) * unit, sd));
}
