import type { Observation } from '../../../model/observation.ts';

/** The first `limit` facts; where there are more, the last one's line says how many. */
export function atMost(limit: number, facts: readonly Observation[]): Observation[] {
  const more = facts.length - limit;
  if (more <= 0) return [...facts];
  return facts.slice(0, limit).map(
    (fact, index) => (index < limit - 1 ? fact : { ...fact, line: `${fact.line}; and ${more} more like it` }),
  );
}
