import { rowOf } from '../model/catalogue.ts';
import type { KeyNumber } from '../model/check-row.ts';
import { formatValue } from '../model/format.ts';
import type { CheckResult, Measurement, Report } from '../model/report.ts';

/** One line of the performance table; every part is plain text, `–` where there is nothing. */
export type PerformanceRow = {
  readonly metric: string;
  readonly value: string;
  readonly baseline: string;
  readonly previous: string;
  readonly limit: string;
  /** The value against the limit, where there is one. */
  readonly share: number | undefined;
  /** The outcome of the check that judges the metric, or `not judged`. */
  readonly status: string;
};

/** What stands where there is nothing to say. */
export const nothing = '–';

/**
 * The performance table, shared by the renderings: one row a metric in the order of the measurements, with median, spread and
 * number of samples; then the metrics that are one number each (size, disk). The package manager's own start-up (`poetry run`)
 * stands in a row of its own, because it is part of neither the subject nor the baseline.
 */
export function performanceRows(report: Report): PerformanceRow[] {
  const metrics = [...new Set(report.measurements.map((measurement) => measurement.metric))];
  const measured = metrics.flatMap((metric) => rowsOf(metric, report));
  const single = report.checks
    .filter(({ id, value }) => value !== undefined && rowOf(id)?.value !== undefined && !metrics.includes(id))
    .map(singleRow);
  return [...measured, ...single];
}

/** Median, spread and number of samples: `1.72 s ± 40 ms (n 10)`. */
export function formatMeasurement({ median, spread, samples, unit }: Measurement): string {
  const deviation = samples.length > 1 ? ` ± ${formatValue(spread, unit)}` : '';
  return `${formatValue(median, unit)}${deviation} (n ${samples.length})`;
}

/** The measurement of one variant, if it was taken. */
export function measurementOf(report: Report, metric: string, variant: Measurement['variant']): Measurement | undefined {
  return report.measurements.find((measurement) => measurement.metric === metric && measurement.variant === variant);
}

/** The measurement that gives a key number of the subject, if it was taken. */
export function keyMeasurement(report: Report, key: KeyNumber): Measurement | undefined {
  return report.measurements.find(({ metric, variant }) => variant === 'subject' && rowOf(metric)?.key === key);
}

function rowsOf(metric: string, report: Report): PerformanceRow[] {
  const text = (variant: Measurement['variant']) => {
    const found = measurementOf(report, metric, variant);
    return found ? formatMeasurement(found) : nothing;
  };
  const [first] = report.measurements.filter((measurement) => measurement.metric === metric);
  const subject = measurementOf(report, metric, 'subject');
  const check = report.checks.find(({ id }) => id === metric);
  const limit = subject?.limit ?? check?.limit;
  const row = {
    metric: first?.title ?? metric,
    value: text('subject'),
    baseline: text('baseline'),
    previous: text('previous'),
    limit: limit === undefined ? nothing : formatValue(limit, first?.unit),
    share: shareOf(subject?.median, limit),
    status: check?.outcome ?? 'not judged',
  };
  const manager = text('manager');
  const own = { value: nothing, baseline: manager, previous: nothing, limit: nothing, share: undefined, status: 'not judged' };
  return manager === nothing ? [row] : [row, { metric: `${row.metric}: the package manager itself`, ...own }];
}

function singleRow({ title, value = 0, limit, unit, outcome }: CheckResult): PerformanceRow {
  return {
    metric: title, value: formatValue(value, unit), baseline: nothing, previous: nothing,
    limit: limit === undefined ? nothing : formatValue(limit, unit), share: shareOf(value, limit), status: outcome,
  };
}

function shareOf(value: number | undefined, limit: number | undefined): number | undefined {
  return value === undefined || limit === undefined ? undefined : value / limit;
}
