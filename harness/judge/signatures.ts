import { readSignatures, type Signature } from '../model/hazard-table.ts';
import type { Hazards } from '../model/hazards.ts';

const temporal = readSignatures(new URL('./temporal-hazards.yaml', import.meta.url));

/** The rows for lines of a log, those of the executable's kind first and what explains nothing last. */
export function signaturesOf({ signatures }: Hazards): readonly Signature[] {
  return [...signatures, ...temporal].toSorted((one, other) => Number(one.last ?? false) - Number(other.last ?? false));
}
