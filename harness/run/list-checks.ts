import type { Options } from '../cli/options.ts';
import { catalogue } from '../contract/catalogue.ts';
import { findContract } from '../contract/find.ts';
import { loadContract } from '../contract/load.ts';
import { isChosen } from '../model/chosen.ts';
import { referenceProject } from './reference.ts';

/** One line for each check that the options would run: id, tab, title. */
export async function listChecks({ contract, baseline, binary, only }: Options): Promise<string> {
  const file = findContract({ contract, baseline: baseline ?? (binary === undefined ? referenceProject : undefined), binary });
  const loaded = file === undefined ? undefined : await loadContract(file);
  const chosen = catalogue(loaded?.contract).filter((spec) => isChosen(only, spec));
  return chosen.map(({ id, title }) => `${id}\t${title}\n`).join('');
}
