import { rowOf } from '../model/catalogue.ts';
import type { KeyNumber } from '../model/check-row.ts';
import { formatValue } from '../model/format.ts';
import type { Area, CheckResult, Measurement, Report } from '../model/report.ts';
import { oneLine } from '../model/text.ts';

/** A line of the performance table in plain text, `–` where there is nothing; the status is the outcome of its check, or `not judged`. */
type PerformanceRow = Readonly<Record<'metric' | 'value' | 'baseline' | 'previous' | 'limit' | 'status', string>> & {
  /** The value against the limit, where there is one. */
  readonly share: number | undefined;
};

/** What stands where there is nothing to say. */
export const nothing = '–';

/**
 * The performance table, shared by the renderings: one row a metric in the order of the measurements, with median, spread and
 * number of samples; then the metrics that are one number each (size, disk). The package manager's own start-up
 * stands in a row of its own, because it is part of neither the subject nor the baseline.
 */
export function performanceRows(report: Report): PerformanceRow[] {
  const metrics = [...new Set(report.measurements.map(({ metric }) => metric))];
  const single = report.checks.filter(({ id, value }) => value !== undefined && rowOf(id)?.value !== undefined && !metrics.includes(id));
  return [...metrics.flatMap((metric) => rowsOf(metric, report)), ...single.map(({ title, value = 0, limit, unit, outcome }) => ({
    metric: title, value: formatValue(value, unit), baseline: nothing, previous: nothing, ...against(value, limit, unit), status: outcome,
  }))];
}

/** The same as a table in words: its header and its cells; the release before has a column where there are numbers of it. */
export function performanceTable(report: Report): { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const rows = performanceRows(report);
  const previous = rows.some((row) => row.previous !== nothing) ? ['previous' as const] : [];
  const columns = ['metric', 'value', 'baseline', ...previous, 'limit', 'status'] as const;
  return { header: columns, rows: rows.map((row) => columns.map((column) => row[column])) };
}

/** What the numbers of the table mean. */
export const performanceLegend: string =
  'Median ± spread (median absolute deviation × 1.4826), n = number of samples. 1 MB = 1,000,000 bytes.';

/** The measurement of one variant, if it was taken. */
export function measurementOf(report: Report, metric: string, variant: Measurement['variant']): Measurement | undefined {
  return report.measurements.find((measurement) => measurement.metric === metric && measurement.variant === variant);
}

/** The measurement that gives a key number of the subject, if it was taken. */
export function keyMeasurement(report: Report, key: KeyNumber): Measurement | undefined {
  return report.measurements.find(({ metric, variant }) => variant === 'subject' && rowOf(metric)?.key === key);
}

/**
 * What sums an area up, on one line: the measurement that is nearest to its limit, or else the last note of a check, since suites go
 * from the particular to the whole. Empty where there is neither.
 */
export function areaRemark(report: Report, area: Area, checks: readonly CheckResult[]): string {
  const [nearest] = report.measurements
    .filter(({ metric, variant }) => variant === 'subject' && metric.startsWith(`${area}.`))
    .toSorted((a, b) => b.median / (b.limit ?? Infinity) - a.median / (a.limit ?? Infinity));
  if (nearest === undefined) return oneLine(checks.findLast((check) => check.note !== undefined)?.note ?? '');
  const { title, metric, median, limit, unit } = nearest;
  const baseline = measurementOf(report, metric, 'baseline');
  const comparison = [
    ...(limit === undefined ? [] : [`limit ${formatValue(limit, unit)}`]),
    ...(baseline === undefined ? [] : [`baseline ${formatValue(baseline.median, baseline.unit)}`]),
  ].join(', ');
  return oneLine(`${title} ${formatValue(median, unit)}${comparison === '' ? '' : `  (${comparison})`}`);
}

function rowsOf(metric: string, report: Report): PerformanceRow[] {
  const [first] = report.measurements.filter((measurement) => measurement.metric === metric);
  const subject = measurementOf(report, metric, 'subject');
  const check = report.checks.find(({ id }) => id === metric);
  const [value = nothing, baseline = nothing, previous = nothing, manager] = (['subject', 'baseline', 'previous', 'manager'] as const)
    .map((variant) => inWords(measurementOf(report, metric, variant)));
  const title = first?.title ?? metric;
  const compared = against(subject?.median, subject?.limit ?? check?.limit, first?.unit);
  const row = { metric: title, value, baseline, previous, ...compared, status: check?.outcome ?? 'not judged' };
  if (manager === undefined) return [row];
  return [row, {
    metric: `${title}: the package manager itself`, value: nothing, baseline: manager, previous: nothing, limit: nothing, share: undefined,
    status: 'not judged',
  }];
}

/** Median, spread and number of samples: `1.72 s ± 40 ms (n 10)`. */
function inWords(measurement: Measurement | undefined): string | undefined {
  if (measurement === undefined) return undefined;
  const { median, spread, samples, unit } = measurement;
  return `${formatValue(median, unit)}${samples.length > 1 ? ` ± ${formatValue(spread, unit)}` : ''} (n ${samples.length})`;
}

/** The limit in words, and the share of it that the value takes. */
function against(value: number | undefined, limit: number | undefined, unit: string | undefined): Pick<PerformanceRow, 'limit' | 'share'> {
  if (limit === undefined) return { limit: nothing, share: undefined };
  return { limit: formatValue(limit, unit), share: value === undefined ? undefined : value / limit };
}
