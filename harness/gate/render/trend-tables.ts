import { formatValue } from '../../model/format.ts';
import { plain, table } from '../../report/markdown-escape.ts';
import type { Gate } from '../../model/gate.ts';
import { fitting } from './fitting.ts';
import { releasesOf } from './releases.ts';

/** How the key numbers moved, a table a metric; the last row is this release. */
export function trendTables({ trend }: Gate, budgetBytes: number): string {
  const tables = trend.filter(({ series }) => series.length > 0).map((metric) => {
    const texts = (values: readonly (number | undefined)[]) =>
      values.map((value) => (value === undefined ? '–' : formatValue(value, metric.unit)));
    const rows = releasesOf(metric).map(({ label, values }) => `| ${[plain(label), ...texts(values)].join(' | ')} |`);
    return `### ${metric.title}\n\n${table(['release', ...metric.series.map(({ platform }) => plain(platform))], [])}\n${
      fitting(rows, budgetBytes / trend.length)}`;
  });
  return tables.length === 0 ? '' : `Shown, never judged: other days and other machines are no baseline.\n\n${tables.join('\n\n')}`;
}
