import { formatBytes, formatDuration } from '../../../model/format.ts';
import type { MemoryCourse, Report } from '../../../model/report.ts';
import { shorten } from '../../../model/text.ts';
import { keyMeasurement } from '../../performance-table.ts';
import { html, joined, type Markup } from '../markup.ts';
import { dataTable } from '../parts/data-table.ts';
import { fitEach } from '../parts/fit.ts';
import { axis, figure } from '../plot/frame.ts';
import { linePlot } from '../plot/line.ts';

const mostPoints = 400;
const budgetBytes = 60_000;
const title = 'Memory of the whole process tree';

/** The memory of a long-lived launch, read between checks. */
export function memory(report: Report): Markup | undefined {
  const courses = report.memoryCourses.filter(({ points }) => points.length > 0).slice(0, 3);
  return courses.length === 0 ? undefined : joined([picture(courses, report), ...courses.map(pointTable)], '\n');
}

function picture(courses: readonly MemoryCourse[], report: Report): Markup {
  const shown = courses.map(({ variant, points }) => ({ variant, points: points.slice(0, mostPoints) }));
  const time = axis(shown.flatMap(({ points }) => points).reduce((most, { atMs }) => Math.max(most, atMs), 0), 'ms');
  const lines = shown.map(({ variant, points }) => ({
    name: variant, tone: variant, points: points.map(({ atMs, bytes }) => ({ x: time.percent(atMs), value: bytes })),
  }));
  const xTicks = time.ticks.map(({ percent, label }) => ({ x: percent, label }));
  const limit = keyMeasurement(report, 'memoryBytes')?.limit;
  const plot = linePlot({ title, unit: 'bytes', lines, end: 100, xTicks, limit });
  return figure(title, 'between checks, by time since the spawn', plot, lines);
}

function pointTable({ variant, points }: MemoryCourse): Markup {
  const afters = fitEach(points.slice(0, mostPoints), budgetBytes / 3, ({ after }) => html`<code>${shorten(after, 120)}</code>`).shown;
  const rows = points.slice(0, afters.length).map(
    ({ atMs, bytes }, index) => ({ cells: [formatDuration(atMs), formatBytes(bytes), afters[index]] }),
  );
  const columns = [{ title: 'time' }, { title: 'memory', align: 'right' as const }, { title: 'after' }];
  return html`<details><summary>${points.length} readings of the ${variant}</summary>${
    dataTable({ caption: `Memory of the ${variant}`, quiet: true, columns, rows, narrow: 'fits' })}</details>`;
}
