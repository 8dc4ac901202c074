import type { CheckResult } from '../model/report.ts';

/** The checks that could not be judged, by reason, each of several lines: `modules, data: the baseline does not start: …`. */
export function notCompared(checks: readonly CheckResult[]): string[] {
  const unjudged = checks.filter(({ outcome }) => outcome === 'inconclusive');
  const groups = Map.groupBy(unjudged, ({ reason }) => reason ?? 'it is not said why');
  return Array.from(groups, ([reason, of]) => `${of.map(({ id, area }) => id.slice(area.length + 1)).join(', ')}: ${reason}`);
}
