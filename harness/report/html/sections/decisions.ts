import type { Report } from '../../../model/report.ts';
import { shorten } from '../../../model/text.ts';
import { decisionsTable } from '../../decisions-table.ts';
import type { Markup } from '../markup.ts';
import { dataTable } from '../parts/data-table.ts';
import { lengths } from '../parts/parts.ts';

const mostRows = 30;

/** What was decided about each metric beside the last release. */
export function decisions(report: Report): Markup | undefined {
  const { header, rows } = decisionsTable(report);
  if (rows.length === 0) return undefined;
  return dataTable({
    caption: 'Pairs of both executables in random order, until each metric was decided; more is worse. Exact metrics need no pairs.',
    columns: header.map((title) => ({ title })),
    rows: rows.slice(0, mostRows).map((row) => ({ cells: row.map((text) => shorten(text, lengths.line)) })),
  });
}
