import { formatValue } from '../model/format.ts';
import type { Area, CheckResult, Report } from '../model/report.ts';
import { measurementOf } from './performance-table.ts';
import { oneLine } from '../model/text.ts';

/**
 * What sums an area up, on one line: the measurement that is nearest to its limit, or else the last note of a check, since suites go
 * from the particular to the whole. Empty where there is neither.
 */
export function areaRemark(report: Report, area: Area, checks: readonly CheckResult[]): string {
  const [nearest] = report.measurements
    .filter(({ metric, variant }) => variant === 'subject' && metric.startsWith(`${area}.`))
    .toSorted((a, b) => b.median / (b.limit ?? Infinity) - a.median / (a.limit ?? Infinity));
  if (nearest === undefined) return oneLine(checks.findLast((check) => check.note !== undefined)?.note ?? '');
  const baseline = measurementOf(report, nearest.metric, 'baseline');
  const comparison = [
    ...(nearest.limit === undefined ? [] : [`limit ${formatValue(nearest.limit, nearest.unit)}`]),
    ...(baseline === undefined ? [] : [`baseline ${formatValue(baseline.median, baseline.unit)}`]),
  ].join(', ');
  return oneLine(`${nearest.title} ${formatValue(nearest.median, nearest.unit)}${comparison === '' ? '' : `  (${comparison})`}`);
}
