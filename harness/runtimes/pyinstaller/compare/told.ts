import type { Observation } from '../../../model/observation.ts';
import { shortLine } from '../../../model/text.ts';

/** A name from the executable as a sentence can hold it: on one line, without control characters, 200 characters at most. */
export function plainName(name: string): string {
  return shortLine(name, 200);
}

/** The first `limit` facts; where there are more, the last one's line says how many. */
export function atMost(limit: number, facts: readonly Observation[]): Observation[] {
  const more = facts.length - limit;
  if (more <= 0) return [...facts];
  const withMore = (fact: Observation) => ({ ...fact, line: `${fact.line}; and ${more} more like it` });
  return facts.slice(0, limit).map((fact, index) => (index < limit - 1 ? fact : withMore(fact)));
}

/** At most `limit` names with commas, and how many more there are. */
export function someOf(names: readonly string[], limit: number): string {
  return [...names.slice(0, limit), ...(names.length > limit ? [`${names.length - limit} more`] : [])].join(', ');
}
