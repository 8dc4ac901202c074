import { count } from '../../../model/format.ts';
import type { Measurement, Report } from '../../../model/report.ts';
import { shorten } from '../../../model/text.ts';
import { performanceLegend, performanceTable } from '../../performance-table.ts';
import { html, joined, type Markup } from '../markup.ts';
import { dataTable } from '../parts/data-table.ts';
import { fitEach } from '../parts/fit.ts';
import { lengths } from '../parts/parts.ts';
import { figure } from '../plot/frame.ts';
import { stripPlot } from '../plot/strip.ts';
import { isStop } from './shutdown.ts';

const mostRows = 20;
const budgetBytes = 150_000;

/** Start-up, memory, disk and stop times: the numbers, and every sample against its limit. */
export function measurements(report: Report): Markup | undefined {
  const { header, rows } = performanceTable(report);
  if (rows.length === 0) return undefined;
  const numbers = dataTable({
    caption: performanceLegend,
    columns: header.map((title) => ({ title })),
    rows: rows.slice(0, 2 * mostRows).map((row) => ({ cells: row.map((text) => shorten(text, lengths.name / 2)) })),
  });
  const { shown, omitted } = fitEach(plotted(report), budgetBytes, picture);
  const more = omitted > 0 && html`<p>${count(omitted, 'more plot')} left out: the samples are in report.json.</p>`;
  return joined([numbers, shown.length > 0 && html`<div class="columns">${shown}</div>`, more], '\n');
}

/** What stands in one plot: a metric; the times to stop share the last, because they share a limit and are compared with each other. */
function plotted({ measurements: all }: Report): Measurement[][] {
  const stops = all.filter(({ metric }) => isStop(metric));
  const metrics = Map.groupBy(all.filter(({ metric }) => !isStop(metric)), ({ metric, unit }) => `${metric} ${unit}`).values();
  return stops.length > 0 ? [...metrics, stops] : [...metrics];
}

function picture(group: readonly Measurement[]): Markup {
  const [first] = group;
  if (first === undefined) return html``;
  const { title, unit } = isStop(first.metric) ? { title: 'time to stop', unit: 'ms' as const } : first;
  const name = shorten(title, lengths.name);
  const limit = group.find((each) => each.limit !== undefined)?.limit;
  const rows = group.slice(0, mostRows).map((each) => ({ ...each, name: rowName(each), tone: each.variant }));
  return figure(name, headroom(group, limit), stripPlot({ title: name, unit, rows, limit }));
}

function rowName({ metric, title, variant }: Measurement): string {
  if (isStop(metric)) return title.replace(/: time to stop$/, '');
  return variant === 'manager' ? title : variant;
}

/** How far the worst sample of the subject is from the limit. */
function headroom(all: readonly Measurement[], limit = 0): string | undefined {
  const samples = all.filter(({ variant }) => variant === 'subject').flatMap((measurement) => measurement.samples);
  if (samples.length === 0 || limit <= 0) return undefined;
  const highest = samples.reduce((a, b) => Math.max(a, b));
  return `highest at ${Math.round((highest / limit) * 100)} % of the limit`;
}
