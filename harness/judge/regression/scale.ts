import { median, medianAbsoluteDeviation } from 'simple-statistics';

/** What a median absolute deviation is multiplied by to be the standard deviation of normal noise. */
const normal = 1.4826;
/** How many pairs the assumed noise counts for, and the least noise that is believed. */
const [assumedPairs, leastSd] = [4, 0.004];

/**
 * The noise that is expected of the next pair, as a standard deviation of its logarithmic difference, from what is assumed before any pair
 * (`startSd`) and from the differences of the EARLIER pairs. Were the next one among them, its size would follow its bet and the
 * guarantee of the test would be lost.
 */
export function expectedSd(earlier: readonly number[], startSd: number): number {
  if (earlier.length === 0) return startSd;
  const seen = normal * (earlier.length < 4 ? median(earlier.map(Math.abs)) : medianAbsoluteDeviation([...earlier]));
  const pairs = earlier.length;
  return Math.max(leastSd, Math.sqrt((assumedPairs * startSd ** 2 + pairs * seen ** 2) / (assumedPairs + pairs)));
}
