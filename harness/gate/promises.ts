import { weakenings } from '../contract/weaker/weaker.ts';
import type { Weakening } from '../contract/weaker/weakening.ts';
import type { Release } from './release.ts';

/** What a waiver calls a promise of the contract. */
export const promiseId = ({ path }: Weakening): string => `contract.${path}`;

/** What each contract promises less than that of the last release; empty where none was handed over. */
export function weakeningsOf({ contracts, previousRelease }: Pick<Release, 'contracts' | 'previousRelease'>): Weakening[] {
  return contracts.flatMap(({ contract }) => {
    const before = previousRelease?.contracts.find((one) => one.contract.worker === contract.worker);
    return before === undefined ? [] : weakenings(before.contract, contract);
  });
}
