import { rowOf } from '../../../model/catalogue.ts';
import type { Measurement, Report } from '../../../model/report.ts';
import { count } from '../../../model/format.ts';
import { performanceRows, type PerformanceRow } from '../../performance-table.ts';
import { shorten } from '../../../model/text.ts';
import { html, joined, type Markup } from '../markup.ts';
import { dataTable } from '../parts/data-table.ts';
import { fitEach } from '../parts/fit.ts';
import { stripPlot } from '../plot/strip.ts';
import { lengths, type Section } from './section.ts';

type Plot = {
  readonly title: string;
  readonly unit: Measurement['unit'];
  readonly rows: readonly { readonly name: string; readonly measurement: Measurement }[];
};

const mostRows = 20;
const budgetBytes = 150_000;

/** Start-up, memory, disk and stop times: the numbers, and every sample against its limit. */
export const measurements: Section = {
  id: 'measurements',
  title: 'Measurements',
  render(report) {
    const rows = performanceRows(report).slice(0, 2 * mostRows);
    if (rows.length === 0) return undefined;
    const { shown, omitted } = fitEach(plotsOf(report), budgetBytes, figure);
    return joined(
      [
        numbers(rows), shown.length > 0 && html`<div class="columns">${shown}</div>`,
        omitted > 0 && html`<p>${count(omitted, 'more plot')} left out: the samples are in report.json.</p>`,
      ],
      '\n',
    );
  },
};

function numbers(rows: readonly PerformanceRow[]): Markup {
  const compared = rows.some(({ previous }) => previous !== '–');
  const columns = ['metric', 'value', 'baseline', ...(compared ? ['previous'] : []), 'limit', 'status'];
  const cells = ({ metric, value, baseline, previous, limit, status }: PerformanceRow) =>
    [metric, value, baseline, ...(compared ? [previous] : []), limit, status];
  return dataTable({
    caption: 'Median ± spread (median absolute deviation × 1.4826), n = number of samples. 1 MB = 1,000,000 bytes.',
    columns: columns.map((title) => ({ title })),
    rows: rows.map((row) => ({ cells: cells(row).map((text) => shorten(text, lengths.name / 2)) })),
  });
}

/** One plot a metric; the times to stop share one, because they share a limit and are compared with each other. */
function plotsOf({ measurements: all }: Report): Plot[] {
  const stops = all.filter(isStop);
  const metrics = [
    ...Map.groupBy(all.filter((each) => !isStop(each)), ({ metric, unit }) => `${metric} ${unit}`).values(),
  ].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [{ title: first.title, unit: first.unit, rows: group.map((measurement) => ({ name: variantName(measurement), measurement })) }];
  });
  const together = { title: 'time to stop', unit: 'ms', rows: stops.map(
    (measurement) => ({ name: measurement.title.replace(/: time to stop$/, ''), measurement }),
  ) } as const;
  return stops.length > 0 ? [...metrics, together] : metrics;
}

function isStop({ metric }: Measurement): boolean {
  return rowOf(metric)?.stop === true;
}

/** How far the worst sample of the subject is from the limit. */
function headroom(all: readonly Measurement[], limit: number): string | undefined {
  const samples = all.filter(({ variant }) => variant === 'subject').flatMap((measurement) => measurement.samples);
  if (samples.length === 0 || limit <= 0) return undefined;
  const highest = samples.reduce((a, b) => Math.max(a, b));
  return `highest at ${Math.round((highest / limit) * 100)} % of the limit`;
}

function variantName({ variant, title }: Measurement): string {
  return variant === 'manager' ? title : variant;
}

function figure({ title, unit, rows }: Plot): Markup {
  const limit = rows.map(({ measurement }) => measurement.limit).find((each) => each !== undefined);
  const name = shorten(title, lengths.name);
  const distance = limit === undefined ? undefined : headroom(rows.map(({ measurement }) => measurement), limit);
  const strips = rows.slice(0, mostRows).map(
    ({ name: row, measurement: { variant, samples, median } }) => ({ name: row, tone: variant, samples, median }),
  );
  return html`<figure><figcaption><b>${name}</b>${distance !== undefined && html` <span class="muted">${distance}</span>`}</figcaption>
${stripPlot({ title: name, unit, rows: strips, limit })}</figure>`;
}
