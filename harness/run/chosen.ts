import type { Options } from '../cli/options.ts';
import { catalogue, chosenChecks, isChosen, type CheckSpec } from '../contract/catalogue.ts';
import { findContract } from '../contract/find.ts';
import { loadContract } from '../contract/load.ts';
import { nearest } from '../contract/nearest.ts';
import type { Contract } from '../contract/schema.ts';
import { UsageError } from '../model/errors.ts';
import type { MissingEyes } from '../model/eyes.ts';
import { oneLine } from '../model/text.ts';
import { eyeTitle, missingEyes } from '../system/eyes.ts';
import { referenceProject } from './reference.ts';

/** Refuses what `--only` names and no check of this contract is or lies in. @throws {UsageError} with the nearest name. */
export function checkOnly(only: readonly string[], contract: Contract | undefined, hasPrevious: boolean): void {
  const specs = catalogue(contract, hasPrevious);
  const unknown = only.find((name) => !specs.some((spec) => isChosen([name], spec)));
  if (unknown === undefined) return;
  if (catalogue(contract, true).some((spec) => isChosen([unknown], spec))) {
    throw new UsageError(`--only ${unknown}: it compares with the last release; name that with --previous FILE`);
  }
  const meant = nearest(unknown, specs.map(({ id }) => id));
  throw new UsageError(`--only ${unknown}: no check of this contract has this name; ` +
    (meant === undefined ? '--list-checks tells them' : `did you mean ${meant}?`));
}

/** One line for each check that the options would run: id, tab, title, tab, whether this machine has the eye that it needs. */
export async function listChecks({ contract, baseline, binary, previous, only, temporalAddress }: Options): Promise<string> {
  const file = findContract({ contract, baseline: baseline ?? (binary === undefined ? referenceProject : undefined), binary });
  const loaded = file === undefined ? undefined : await loadContract(file);
  const missing = await missingEyes({ ownServer: temporalAddress === undefined, emulatedBy: undefined });
  const specs = chosenChecks(loaded?.contract, only, previous !== undefined);
  const lines = specs.map((spec) => [spec.id, spec.title, sight(spec, missing)].map(oneLine).join('\t'));
  return lines.map((line) => `${line}\n`).join('');
}

/** Whether the eye of a check is here, in a few words. */
function sight({ eye, eyeInPart }: CheckSpec, missing: MissingEyes): string {
  const needed = eye ?? eyeInPart;
  if (needed === undefined) return 'needs no eye';
  const why = missing[needed];
  if (why === undefined) return `its eye is here: ${eyeTitle(needed)}`;
  return eye === undefined ? `looked for in part only: ${why}` : `not looked for here: ${why}`;
}
