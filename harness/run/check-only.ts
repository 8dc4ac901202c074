import { catalogue } from '../contract/catalogue.ts';
import { nearest } from '../contract/nearest.ts';
import type { Contract } from '../contract/schema.ts';
import { isChosen } from '../model/chosen.ts';
import { UsageError } from '../model/errors.ts';

/** Refuses what `--only` names and no check of this contract is or lies in. @throws {UsageError} with the nearest name. */
export function checkOnly(only: readonly string[], contract: Contract | undefined): void {
  const specs = catalogue(contract);
  const unknown = only.find((name) => !specs.some((spec) => isChosen([name], spec)));
  if (unknown === undefined) return;
  const meant = nearest(unknown, specs.map(({ id }) => id));
  throw new UsageError(`--only ${unknown}: no check of this contract has this name; ` +
    (meant === undefined ? '--list-checks tells them' : `did you mean ${meant}?`));
}
