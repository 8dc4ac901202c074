import { median, medianAbsoluteDeviation } from 'simple-statistics';
import type { Measurement } from '../model/report.ts';

/**
 * Median and spread of samples. The spread is the median absolute deviation times 1.4826, which makes it consistent with
 * the standard deviation of a normal distribution (Rousseeuw and Croux, 1993).
 */
export function summarise(measurement: Omit<Measurement, 'median' | 'spread'>): Measurement {
  const { samples } = measurement;
  return { ...measurement, median: median(samples), spread: 1.4826 * medianAbsoluteDeviation(samples) };
}
