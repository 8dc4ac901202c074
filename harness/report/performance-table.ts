import { formatValue } from '../model/format.ts';
import type { CheckResult, Measurement, Report } from '../model/report.ts';

/** One line of the performance table; every part is plain text, `–` where there is nothing. */
export type PerformanceRow = {
  readonly metric: string;
  readonly value: string;
  readonly baseline: string;
  readonly previous: string;
  readonly limit: string;
  /** The outcome of the check that judges the metric, or `not judged`. */
  readonly status: string;
};

const nothing = '–';

/**
 * The performance table, shared by the renderings: one row a metric in the order of the measurements, with median, spread and
 * number of samples; then the metrics that are one number each (size, disk). The package manager's own start-up
 * stands in a row of its own, because it is part of neither the subject nor the baseline.
 */
export function performanceRows(report: Report): PerformanceRow[] {
  const metrics = [...new Set(report.measurements.map((measurement) => measurement.metric))];
  const measured = metrics.flatMap((metric) => rowsOf(metric, report));
  const single = report.checks.filter((check) => isMetric(check) && !metrics.includes(check.id)).map(singleRow);
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

function rowsOf(metric: string, report: Report): PerformanceRow[] {
  const text = (variant: Measurement['variant']) => {
    const found = measurementOf(report, metric, variant);
    return found ? formatMeasurement(found) : nothing;
  };
  const all = report.measurements.filter((measurement) => measurement.metric === metric);
  const title = all[0]?.title ?? metric;
  const check = report.checks.find(({ id }) => id === metric);
  const limit = measurementOf(report, metric, 'subject')?.limit;
  const row = {
    metric: title,
    value: text('subject'),
    baseline: text('baseline'),
    previous: text('previous'),
    limit: limit === undefined ? limitOf(check) : formatValue(limit, all[0]?.unit),
    status: check?.outcome ?? 'not judged',
  };
  const manager = measurementOf(report, metric, 'manager');
  if (!manager) return [row];
  return [
    row,
    {
      ...row, metric: `${title}: the package manager itself`, value: nothing, baseline: formatMeasurement(manager), previous: nothing,
      limit: nothing, status: 'not judged',
    },
  ];
}

function isMetric(check: CheckResult): boolean {
  return check.value !== undefined && (check.area === 'performance' || check.id === 'artifact.size');
}

function singleRow(check: CheckResult): PerformanceRow {
  const value = check.value === undefined ? nothing : formatValue(check.value, check.unit);
  return { metric: check.title, value, baseline: nothing, previous: nothing, limit: limitOf(check), status: check.outcome };
}

function limitOf(check: CheckResult | undefined): string {
  return check?.limit === undefined ? nothing : formatValue(check.limit, check.unit);
}
