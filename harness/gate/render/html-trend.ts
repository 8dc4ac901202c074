import { html, joined, type Markup } from '../../report/html/markup.ts';
import { dataTable } from '../../report/html/parts/data-table.ts';
import { linePlot, type Line } from '../../report/html/plot/line.ts';
import type { Gate, Trend } from '../../model/gate.ts';
import { releasesOf, type TrendRelease } from './rows.ts';

/** As many lines can be told apart by their colour. */
const tones = ['subject', 'manager', 'previous', 'baseline'] as const;

/** More version numbers than this would run into each other on a phone. */
const mostLabels = 4;

/** How size, start-up and memory moved: a plot a metric, and the numbers folded away. */
export function trendFigures({ trend }: Gate): Markup | undefined {
  const metrics = trend.filter(({ series }) => series.length > 0);
  if (metrics.length === 0) return undefined;
  return html`<p>Shown, never judged: other days and other machines are no baseline.</p>
<div class="columns">${metrics.flatMap((metric) => plotsOf(metric))}</div>
<details><summary>The numbers</summary>${joined(metrics.map(numbersOf))}</details>`;
}

/** All platforms in one plot, or one for each system when their colours would not do. */
function plotsOf(metric: Trend): Markup[] {
  const { series } = metric;
  const groups = series.length <= tones.length ? [series] : Map.groupBy(series, ({ platform }) => platform.split('-')[0]).values();
  const releases = releasesOf(metric);
  return Array.from(groups, (group) => figure(metric, group.map(({ platform }) => platform), releases));
}

function figure({ title, unit, series }: Trend, platforms: readonly string[], releases: readonly TrendRelease[]): Markup {
  const lines = platforms.map((platform, index): Line => {
    const column = series.findIndex((one) => one.platform === platform);
    const points = releases.flatMap(({ values }, x) => (values[column] === undefined ? [] : [{ x, value: values[column] }]));
    return { name: platform, tone: tones[index % tones.length] ?? 'subject', points };
  });
  const end = releases.length - 1;
  const step = Math.max(1, Math.ceil(end / (mostLabels - 1)));
  const xTicks = releases.map(({ label }, x) => ({ x, label })).filter(({ x }) => (end - x) % step === 0);
  const key = joined(lines.map(({ name, tone }) => html`<span class="key ${tone}"></span>${name}`), html`&#160;&#160; `);
  return html`<figure><figcaption><b>${title}</b><br />${key}</figcaption>${linePlot({ title, unit, lines, end, xTicks })}</figure>`;
}

function numbersOf(metric: Trend): Markup {
  const columns = [{ title: 'release' }, ...metric.series.map(({ platform }) => ({ title: platform, align: 'right' as const }))];
  return dataTable({ caption: metric.title, columns, rows: releasesOf(metric).map(({ label, texts }) => ({ cells: [label, ...texts] })) });
}
