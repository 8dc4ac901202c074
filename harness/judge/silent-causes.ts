import type { Observation, ObservationKind } from '../model/observation.ts';
import type { LocatedObservation } from './root-causes.ts';

/**
 * Which checks a hint can explain although nothing is printed: a bootloader that drops a signal, or a loader that never comes so far, has
 * no log.
 */
const silent: Partial<Record<ObservationKind, RegExp>> = {
  'ignored-signals': /^shutdown\.(?:sig\w+\.parent\.|deregistration$)/,
  'missing-runtime-library': /^artifact\.(?:version|help)$|^startup\.ready$/,
  'no-console': /^artifact\.(?:version|help)$/,
};

/**
 * The hints of a bundle as causes of failed checks that nothing else explains. Hints that show in a log (TW-18, EN-04, BC-15, …) are left
 * out:
 * the log says whether they struck, and its row has the same remedy.
 */
export function silentCauses(hints: readonly Observation[], unexplained: readonly string[]): LocatedObservation[] {
  return hints.flatMap(
    (fact) => unexplained.filter((checkId) => silent[fact.kind]?.test(checkId)).map((checkId) => ({ fact, checkId, source: checkId })),
  );
}
