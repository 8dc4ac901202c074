import { plain, table } from './markdown-escape.ts';
import type { Report } from '../model/report.ts';
import { nothing, performanceRows } from './performance-table.ts';

const barLength = 10;
const noBreak = '\u00A0';

/**
 * The performance table with a bar of each value against its limit; GitHub strips pictures and styles from a summary. Empty without
 * measurements.
 */
export function performanceBars(report: Report): string {
  const rows = performanceRows(report).filter(({ value }) => value !== nothing);
  if (rows.length === 0) return '';
  return table(
    ['metric', 'value', 'of the limit', 'limit', 'baseline', 'status'],
    rows.map(({ metric, value, share, limit, baseline, status }) => [
      plain(metric), plain(value), share === undefined ? nothing : bar(share), plain(limit), plain(baseline), plain(status),
    ]),
  );
}

/** `████░░░░░░ 43 %` on one line; a full bar for the limit and all above it. */
export function bar(share: number): string {
  if (!Number.isFinite(share) || share < 0) return nothing;
  const full = Math.min(barLength, Math.round(share * barLength));
  return `${'█'.repeat(full)}${'░'.repeat(barLength - full)}${noBreak}${Math.round(share * 100)}${noBreak}%`;
}
