import { extent, max } from 'simple-statistics';
import { formatDuration, formatValue } from '../../../model/format.ts';
import { shorten } from '../../../model/text.ts';
import { html, type Markup } from '../markup.ts';
import { anchorAt, axis, frame, horizontalAxis, rounded, rowHead, type Axis, type Tone, type Unit } from './frame.ts';

/** All samples of one thing. */
type StripRow = { readonly name: string; readonly tone: Tone; readonly samples: readonly number[]; readonly median: number };

/** Several rows on one axis, with the limit that they are judged by. */
type Strip = { readonly title: string; readonly unit: Unit; readonly rows: readonly StripRow[]; readonly limit?: number | undefined };

const stripPx = 40;
const barPx = 44;
const limitPx = 16;
/** More would hide each other. */
const mostDots = 400;

/** A dot for every sample, a tick at the median, and the limit as a dashed line; runs go from top to bottom within a row. */
export function stripPlot({ title, unit, rows, limit }: Strip): Markup {
  const largest = max([0, ...rows.flatMap(({ samples }) => samples)]);
  // A limit far away would press all samples into a corner, so it is named at the end of the axis instead.
  const far = limit !== undefined && limit > 2.5 * largest;
  const scale = axis(limit === undefined || far ? largest : Math.max(largest, limit), unit);
  const topPx = limit === undefined ? 0 : limitPx;
  const bottomPx = topPx + rows.length * stripPx;
  const marks = [
    horizontalAxis(scale, topPx, bottomPx),
    rows.map((row, index) => stripRow(row, unit, scale, topPx + index * stripPx)),
    limit !== undefined && limitMark(formatValue(limit, unit), far ? undefined : scale.percent(limit), bottomPx),
  ];
  const limitWords = limit === undefined ? [] : [`Limit ${formatValue(limit, unit)}${far ? ', beyond the end of the axis' : ''}.`];
  const description = [...rows.map((row) => inWords(row, unit)), ...limitWords].join(' ');
  return frame(title, description, bottomPx + 20, marks);
}

function inWords({ name, samples, median }: StripRow, unit: Unit): string {
  const [least, most] = extent([...samples, median]).map((value) => formatValue(value, unit));
  return `${name}: median ${formatValue(median, unit)}, from ${least} to ${most}, n ${samples.length}.`;
}

function stripRow({ name, tone, samples, median }: StripRow, unit: Unit, scale: Axis, topPx: number): Markup {
  const dots = samples.slice(0, mostDots);
  const stepPx = dots.length > 1 ? 12 / (dots.length - 1) : 0;
  const middle = scale.percent(median);
  return html`<g class="${tone}">${rowHead(topPx, shorten(name, 28), `median ${formatValue(median, unit)}, n ${samples.length}`)}${dots.map(
    (sample, index) => html`<circle class="dot" cx="${scale.percent(sample)}%" cy="${rounded(topPx + 21 + index * stepPx, 1)}" r="3.5" />`,
  )}<line class="median" x1="${middle}%" x2="${middle}%" y1="${topPx + 17}" y2="${topPx + 37}" /></g>`;
}

function limitMark(text: string, percent: number | undefined, bottomPx: number): Markup {
  if (percent === undefined) return html`<text class="limit-name" x="100%" y="11" text-anchor="end">limit ${text} →</text>`;
  return html`<line class="limit" x1="${percent}%" x2="${percent}%" y1="${limitPx - 2}" y2="${bottomPx}" /><text class="limit-name" x="${
    percent}%" y="11" text-anchor="${anchorAt(percent)}">limit ${text}</text>`;
}

/** A part of a bar, from where the part before it ended, in milliseconds. */
export type Span = {
  readonly name: string;
  readonly shade: 'one' | 'two' | 'three' | 'four' | 'five';
  readonly from: number;
  readonly to: number;
};

/** A bar of spans that follow each other. */
type Bar = { readonly name: string; readonly spans: readonly Span[] };

/** A bar a row on a common axis from 0; the whole length stands beside its name. */
export function waterfall(title: string, bars: readonly Bar[]): Markup {
  const scale = axis(Math.max(0, ...bars.map(endOf)), 'ms');
  const bottomPx = bars.length * barPx;
  const rows = bars.map((bar, index) => html`${rowHead(index * barPx, bar.name, formatDuration(endOf(bar)))}${
    bar.spans.map(({ shade, from, to }) => {
      const [start, end] = [scale.percent(from), scale.percent(to)];
      return html`<rect class="span ${shade}" x="${start}%" width="${rounded(end - start, 2)}%" y="${index * barPx + 20}" height="18" />`;
    })}`);
  const description = bars.map(({ name, spans }) => `${name}: ${
    spans.map((span) => `${span.name} ${formatDuration(span.to - span.from)}`).join(', ')}.`).join(' ');
  return frame(title, description, bottomPx + 20, [horizontalAxis(scale, 0, bottomPx), rows]);
}

function endOf({ spans }: Bar): number {
  return Math.max(0, ...spans.map(({ to }) => to));
}
