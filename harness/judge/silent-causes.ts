import { rowOf } from '../model/catalogue.ts';
import type { Hazards } from '../model/hazards.ts';
import type { Observation } from '../model/observation.ts';
import type { LocatedObservation } from './root-causes.ts';

/**
 * The hints of a bundle as causes of failed checks that nothing else explains, where they spoil something without a word. Hints that show
 * in a log are left out: the log says whether they struck, and its row has the same remedy.
 */
export function silentCauses(hints: readonly Observation[], unexplained: readonly string[], { silent }: Hazards): LocatedObservation[] {
  return hints.flatMap((observation) => unexplained
    .filter((checkId) => silent[observation.kind]?.some((act) => act === rowOf(checkId)?.act))
    .map((checkId) => ({ observation, checkId, source: checkId })));
}
