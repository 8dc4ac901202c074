import { weakenings } from '../contract/weaker/weaker.ts';
import { weaker, type Weakening } from '../contract/weaker/weakening.ts';
import type { Contract } from '../contract/schema.ts';
import { limitsOf, type Limit, type RegressionKey } from '../judge/regression/limits.ts';
import type { Release } from './release.ts';

/** What a waiver calls a promise of the contract. */
export const promiseId = ({ path }: Weakening): string => `contract.${path}`;

/** What each contract promises less than that of the last release; empty where none was handed over. */
export function weakeningsOf({ contracts, previousRelease }: Pick<Release, 'contracts' | 'previousRelease'>): Weakening[] {
  return contracts.flatMap(({ contract }) => {
    const before = previousRelease?.contracts.find((one) => one.contract.worker === contract.worker);
    return before === undefined ? [] : [...weakenings(before.contract, contract), ...regressingMore(before.contract, contract)];
  });
}

type Given = Partial<Record<RegressionKey | 'tolerance', number>>;

/** Limits of regressions that were raised. One that is left out has its default, which is not the same for all metrics of a key. */
function regressingMore({ regression: was }: Contract, { regression: is }: Contract): Weakening[] {
  const { tolerance: before = 0, ...limits }: Given = was;
  const { tolerance = 0, ...others }: Given = is;
  const now = limitsOf(others);
  const percentNow = (wanted: Limit): number => now.find(({ metric }) => metric === wanted.metric)?.percent ?? Infinity;
  const keys = limitsOf(limits).filter((limit) => percentNow(limit) > limit.percent).map(({ key }) => key);
  // Then nothing asks for a comparison any more (judge/regression.ts).
  if (Object.keys(was).length > 0 && Object.keys(is).length === 0) return weaker(true, 'regression', was, undefined);
  return [
    ...[...new Set(keys)].flatMap((key) => weaker(true, `regression.${key}`, limits[key], others[key])),
    ...weaker(tolerance > before, 'regression.tolerance', was.tolerance, is.tolerance),
  ];
}
