import type { Contract } from '../../contract/schema.ts';
import type { Report } from '../../model/report.ts';
import type { Release } from '../release.ts';

/** The contract that a report was made with, where it was handed over; undefined when there is none or another one. */
export function knownContract({ contract: used }: Report, { contract: given }: Release): Contract | undefined {
  return given !== undefined && used?.sha256 === given.sha256 ? given.contract : undefined;
}
