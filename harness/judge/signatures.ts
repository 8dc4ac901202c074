import type { Hazards } from '../model/hazards.ts';
import type { Signature } from '../model/signature.ts';
import { temporalSignatures } from './temporal-signatures.ts';

/** The rows for lines of a log, those of the executable's kind first and what explains nothing last. */
export function signaturesOf({ signatures, unexplained }: Hazards): readonly Signature[] {
  return [...signatures, ...temporalSignatures, ...unexplained];
}
