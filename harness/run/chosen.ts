import type { Options } from '../cli/options.ts';
import { catalogue, chosenChecks, isChosen } from '../contract/catalogue.ts';
import { findContract } from '../contract/find.ts';
import { loadContract } from '../contract/load.ts';
import { nearest } from '../contract/nearest.ts';
import type { Contract } from '../contract/schema.ts';
import { UsageError } from '../model/errors.ts';
import { referenceProject } from './reference.ts';

/** Refuses what `--only` names and no check of this contract is or lies in. @throws {UsageError} with the nearest name. */
export function checkOnly(only: readonly string[], contract: Contract | undefined): void {
  const specs = catalogue(contract);
  const unknown = only.find((name) => !specs.some((spec) => isChosen([name], spec)));
  if (unknown === undefined) return;
  const meant = nearest(unknown, specs.map(({ id }) => id));
  throw new UsageError(`--only ${unknown}: no check of this contract has this name; ` +
    (meant === undefined ? '--list-checks tells them' : `did you mean ${meant}?`));
}

/** One line for each check that the options would run: id, tab, title. */
export async function listChecks({ contract, baseline, binary, only }: Options): Promise<string> {
  const file = findContract({ contract, baseline: baseline ?? (binary === undefined ? referenceProject : undefined), binary });
  const loaded = file === undefined ? undefined : await loadContract(file);
  return chosenChecks(loaded?.contract, only).map(({ id, title }) => `${id}\t${title}\n`).join('');
}
