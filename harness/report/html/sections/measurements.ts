import { max } from 'simple-statistics';
import { count, formatBytes, formatDuration } from '../../../model/format.ts';
import type { Measurement, MemoryCourse, Report } from '../../../model/report.ts';
import { shorten } from '../../../model/text.ts';
import { keyMeasurement, performanceLegend, performanceTable } from '../../performance-table.ts';
import { html, joined, type Markup } from '../markup.ts';
import { dataTable } from '../parts/data-table.ts';
import { fitEach } from '../parts/fit.ts';
import { lengths } from '../parts/parts.ts';
import { axis, figure } from '../plot/frame.ts';
import { linePlot } from '../plot/line.ts';
import { stripPlot } from '../plot/rows.ts';
import { isStop } from './checks.ts';

const mostRows = 20;
const plotsBytes = 150_000;
const mostPoints = 400;
const pointsBytes = 20_000;
const memoryTitle = 'Memory of the whole process tree';

/** Start-up, memory, disk and stop times: the numbers, and every sample against its limit. */
export function measurements(report: Report): Markup | undefined {
  const { header, rows } = performanceTable(report);
  if (rows.length === 0) return undefined;
  const numbers = dataTable({
    caption: performanceLegend,
    columns: header.map((title) => ({ title })),
    rows: rows.slice(0, 2 * mostRows).map((row) => ({ cells: row.map((text) => shorten(text, lengths.name / 2)) })),
  });
  const { shown, omitted } = fitEach(plotted(report), plotsBytes, samplesFigure);
  const more = omitted > 0 && html`<p>${count(omitted, 'more plot')} left out: the samples are in report.json.</p>`;
  return joined([numbers, shown.length > 0 && html`<div class="columns">${shown}</div>`, more], '\n');
}

/** What stands in one plot: a metric; the times to stop share the last, because they share a limit and are compared with each other. */
function plotted({ measurements: all }: Report): Measurement[][] {
  const stops = all.filter(({ metric }) => isStop(metric));
  const metrics = Map.groupBy(all.filter(({ metric }) => !isStop(metric)), ({ metric, unit }) => `${metric} ${unit}`).values();
  return stops.length > 0 ? [...metrics, stops] : [...metrics];
}

function samplesFigure(group: readonly Measurement[]): Markup {
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
  return `highest at ${Math.round((max(samples) / limit) * 100)} % of the limit`;
}

/** The memory of a long-lived launch, read between checks. */
export function memory(report: Report): Markup | undefined {
  const courses = report.memoryCourses.filter(({ points }) => points.length > 0).slice(0, 3);
  return courses.length === 0 ? undefined : joined([courseFigure(courses, report), ...courses.map(pointTable)], '\n');
}

function courseFigure(courses: readonly MemoryCourse[], report: Report): Markup {
  const shown = courses.map(({ variant, points }) => ({ variant, points: points.slice(0, mostPoints) }));
  const time = axis(max(shown.flatMap(({ points }) => points.map(({ atMs }) => atMs))), 'ms');
  const lines = shown.map(({ variant, points }) => ({
    name: variant, tone: variant, points: points.map(({ atMs, bytes }) => ({ x: time.percent(atMs), value: bytes })),
  }));
  const xTicks = time.ticks.map(({ percent, label }) => ({ x: percent, label }));
  const limit = keyMeasurement(report, 'memoryBytes')?.limit;
  const plot = linePlot({ title: memoryTitle, unit: 'bytes', lines, end: 100, xTicks, limit });
  return figure(memoryTitle, 'between checks, by time since the spawn', plot, lines);
}

function pointTable({ variant, points }: MemoryCourse): Markup {
  const afters = fitEach(points.slice(0, mostPoints), pointsBytes, ({ after }) => html`<code>${shorten(after, 120)}</code>`).shown;
  const rows = points.slice(0, afters.length).map(
    ({ atMs, bytes }, index) => ({ cells: [formatDuration(atMs), formatBytes(bytes), afters[index]] }),
  );
  const columns = [{ title: 'time' }, { title: 'memory', align: 'right' as const }, { title: 'after' }];
  return html`<details><summary>${points.length} readings of the ${variant}</summary>${
    dataTable({ caption: `Memory of the ${variant}`, quiet: true, columns, rows, narrow: 'fits' })}</details>`;
}
