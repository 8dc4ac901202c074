import { formatValue } from '../model/format.ts';
import { plain, table } from './markdown-escape.ts';
import type { CheckResult, Report } from '../model/report.ts';
import { formatMeasurement, measurementOf } from './performance-table.ts';

type Row = {
  readonly title: string;
  readonly value: string;
  readonly baseline: string;
  readonly limit: string;
  readonly share: string;
  readonly status: string;
};

const nothing = '–';
const barLength = 10;
const noBreak = '\u00A0';

/**
 * The performance table with a bar of each value against its limit; GitHub strips pictures and styles from a summary. Empty without
 * measurements.
 */
export function performanceBars(report: Report): string {
  const metrics = [...new Set(report.measurements.map(({ metric }) => metric))];
  const single = report.checks.filter(
    ({ id, area, value }) => (area === 'performance' || id === 'artifact.size') && value !== undefined && !metrics.includes(id),
  );
  const rows = [...metrics.flatMap((metric) => measuredRow(metric, report)), ...single.map(checkRow)];
  if (rows.length === 0) return '';
  return table(
    ['metric', 'value', 'of the limit', 'limit', 'baseline', 'status'],
    rows.map(({ title, value, share, limit, baseline, status }) => [
      plain(title), plain(value), share, plain(limit), plain(baseline), plain(status),
    ]),
  );
}

/** `████░░░░░░ 43 %` on one line; a full bar for the limit and all above it. */
export function bar(value: number, limit: number): string {
  const share = value / limit;
  if (!Number.isFinite(share) || share < 0) return nothing;
  const full = Math.min(barLength, Math.round(share * barLength));
  return `${'█'.repeat(full)}${'░'.repeat(barLength - full)}${noBreak}${Math.round(share * 100)}${noBreak}%`;
}

function measuredRow(metric: string, report: Report): Row[] {
  const subject = measurementOf(report, metric, 'subject');
  if (subject === undefined) return [];
  const baseline = measurementOf(report, metric, 'baseline');
  const check = report.checks.find(({ id }) => id === metric);
  const { title, unit, median, limit = check?.limit } = subject;
  return [
    {
      title,
      value: formatMeasurement(subject),
      baseline: baseline === undefined ? nothing : formatMeasurement(baseline),
      limit: limit === undefined ? nothing : formatValue(limit, unit),
      share: limit === undefined ? nothing : bar(median, limit),
      status: check?.outcome ?? 'not judged',
    },
  ];
}

function checkRow({ title, value = 0, limit, unit, outcome }: CheckResult): Row {
  return {
    title,
    value: formatValue(value, unit),
    baseline: nothing,
    limit: limit === undefined ? nothing : formatValue(limit, unit),
    share: limit === undefined ? nothing : bar(value, limit),
    status: outcome,
  };
}
