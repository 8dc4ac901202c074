import { formatBytes, formatDuration } from '../../../model/format.ts';
import type { MemoryCourse, Report } from '../../../model/report.ts';
import { keyMeasurement } from '../../performance-table.ts';
import { shorten } from '../../../model/text.ts';
import { html, joined, type Markup } from '../markup.ts';
import { dataTable } from '../parts/data-table.ts';
import { fitEach } from '../parts/fit.ts';
import { axis } from '../plot/axis.ts';
import { linePlot } from '../plot/line.ts';
import type { Section } from './section.ts';

const mostPoints = 400;
const budgetBytes = 60_000;
const title = 'Memory of the whole process tree';

/** The memory of a long-lived launch, read between checks. */
export const memory: Section = {
  id: 'memory',
  title: 'Memory over time',
  render(report) {
    const courses = report.memoryCourses.filter(({ points }) => points.length > 0).slice(0, 3);
    if (courses.length === 0) return undefined;
    return joined([figure(courses, report), ...courses.map(pointTable)], '\n');
  },
};

function figure(courses: readonly MemoryCourse[], report: Report): Markup {
  const lines = courses.map(({ variant, points }) => ({
    name: variant, tone: variant, points: points.slice(0, mostPoints).map(({ atMs, bytes }) => ({ x: atMs, value: bytes })),
  }));
  const end = lines.flatMap(({ points }) => points).reduce((most, { x }) => Math.max(most, x), 0);
  const ticks = axis(end, 'ms').ticks.map(({ percent, label }) => ({ x: percent, label }));
  const limit = keyMeasurement(report, 'memoryBytes')?.limit;
  const scaled = axis(end, 'ms');
  const plotted = lines.map((line) => ({ ...line, points: line.points.map(({ x, value }) => ({ x: scaled.percent(x), value })) }));
  return html`<figure><figcaption><b>${title}</b> <span class="muted">between checks, by time since the spawn</span> ${
    lines.map(({ name, tone }) => html` <span class="nowrap"><span class="key ${tone}"></span>${name}</span>`)}</figcaption>
${linePlot({ title, unit: 'bytes', lines: plotted, end: 100, xTicks: ticks, limit })}</figure>`;
}

function pointTable({ variant, points }: MemoryCourse): Markup {
  const afters = fitEach(points.slice(0, mostPoints), budgetBytes / 3, ({ after }) => html`<code>${shorten(after, 120)}</code>`).shown;
  const rows = points.slice(0, afters.length).map(
    ({ atMs, bytes }, index) => ({ cells: [formatDuration(atMs), formatBytes(bytes), afters[index]] }),
  );
  const columns = [{ title: 'time' }, { title: 'memory', align: 'right' as const }, { title: 'after' }];
  return html`<details><summary>${points.length} readings of the ${variant}</summary>${dataTable({ caption: `Memory of the ${
    variant}`, quiet: true, columns, rows, narrow: 'fits' })}</details>`;
}
