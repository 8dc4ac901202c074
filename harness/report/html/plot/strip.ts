import { formatValue } from '../../../model/format.ts';
import { shorten } from '../../../model/text.ts';
import { html, type Markup } from '../markup.ts';
import { anchorAt, axis, frame, horizontalAxis, rounded, rowHead, type Axis, type Tone, type Unit } from './frame.ts';

/** All samples of one thing. */
export type StripRow = { readonly name: string; readonly tone: Tone; readonly samples: readonly number[]; readonly median: number };

/** Several rows on one axis, with the limit that they are judged by. */
type Strip = { readonly title: string; readonly unit: Unit; readonly rows: readonly StripRow[]; readonly limit?: number | undefined };

const rowPx = 40;
const limitPx = 16;
/** More would hide each other. */
const mostDots = 400;

/** A dot for every sample, a tick at the median, and the limit as a dashed line; runs go from top to bottom within a row. */
export function stripPlot({ title, unit, rows, limit }: Strip): Markup {
  const largest = Math.max(0, ...rows.map(({ samples }) => samples.reduce((most, sample) => Math.max(most, sample), 0)));
  // A limit far away would press all samples into a corner, so it is named at the end of the axis instead.
  const far = limit !== undefined && limit > 2.5 * largest;
  const scale = axis(limit === undefined || far ? largest : Math.max(largest, limit), unit);
  const topPx = limit === undefined ? 0 : limitPx;
  const bottomPx = topPx + rows.length * rowPx;
  const marks = [
    horizontalAxis(scale, topPx, bottomPx),
    rows.map((row, index) => stripRow(row, unit, scale, topPx + index * rowPx)),
    limit !== undefined && limitMark(formatValue(limit, unit), far ? undefined : scale.percent(limit), bottomPx),
  ];
  const limitWords = limit === undefined ? [] : [`Limit ${formatValue(limit, unit)}${far ? ', beyond the end of the axis' : ''}.`];
  const description = [...rows.map((row) => inWords(row, unit)), ...limitWords].join(' ');
  return frame({ title, description, heightPx: bottomPx + 20, marks });
}

function inWords({ name, samples, median }: StripRow, unit: Unit): string {
  const [least = median, most = median] = [Math.min, Math.max].map((choose) => samples.reduce((a, b) => choose(a, b), median));
  return `${name}: median ${formatValue(median, unit)}, from ${formatValue(least, unit)} to ${formatValue(most, unit)}, ` +
    `n ${samples.length}.`;
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
