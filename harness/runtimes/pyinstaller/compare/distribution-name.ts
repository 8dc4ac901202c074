import { normalisedName } from '../../../baselines/lock.ts';

/** Whether two spellings name the same distribution (PEP 503). */
export function sameDistribution(one: string, other: string): boolean {
  return normalisedName(one) === normalisedName(other);
}
