import { scaleLinear } from 'd3-scale';
import { quantile } from 'simple-statistics';
import { shorten } from '../../../model/text.ts';
import { html, type Markup } from '../markup.ts';
import { anchorAt, frame, horizontalAxis, rounded, rowHead, type Axis } from './frame.ts';

/** One metric: what each pair has changed in per cent, and what was decided of it. */
export type ChangeRow = {
  readonly name: string;
  readonly answer: 'pass' | 'fail' | 'inconclusive';
  /** Beside the name, and the same for readers who do not see the picture. */
  readonly value: string;
  readonly inWords: string;
  readonly percents: readonly number[];
  readonly effect: number;
  readonly interval?: readonly [number, number] | undefined;
  readonly limit: number;
};

const rowPx = 52;
/** Where the marks of a row begin below its top, and how tall they are. */
const [marksPx, tallPx] = [20, 22];
const mostDots = 400;

/**
 * A row a metric on one axis of per cent: a dot for each pair, the first one on top, the interval as a bar, the effect as a tick in it, the
 * limit as a dashed line. The axis holds every interval and every limit that is near; what lies beyond stands at its end.
 */
export function changePlot(title: string, rows: readonly ChangeRow[]): Markup {
  const [scale, end] = percentAxis(rows);
  const bottomPx = rows.length * rowPx;
  const zero = scale.percent(0);
  return frame(title, rows.map(({ inWords }) => inWords).join(' '), bottomPx + 20, [
    horizontalAxis(scale, 0, bottomPx),
    html`<line class="zero" x1="${zero}%" x2="${zero}%" y1="0" y2="${bottomPx}" />`,
    rows.map((row, index) => rowMarks(row, scale, end, index * rowPx)),
  ]);
}

function rowMarks({ name, answer, value, percents, effect, interval, limit }: ChangeRow, scale: Axis, end: number, topPx: number): Markup {
  const dots = percents.slice(0, mostDots);
  const stepPx = dots.length > 1 ? (tallPx - 6) / (dots.length - 1) : 0;
  const firstPx = dots.length > 1 ? 3 : tallPx / 2;
  const [from, to] = (interval ?? [effect, effect]).map((each) => scale.percent(each));
  const [top, middle, at] = [topPx + marksPx, scale.percent(effect), scale.percent(limit)];
  const bar = html`<rect class="cell" x="${from}%" width="${rounded((to ?? 0) - (from ?? 0), 2)}%" y="${top}" height="${tallPx}" />`;
  return html`<g class="${answer}">${rowHead(topPx, shorten(name, 32), value)}${interval && bar}${dots.map((percent, index) =>
    html`<circle class="dot" cx="${scale.percent(percent)}%" cy="${rounded(top + firstPx + index * stepPx, 1)}" r="3" />`,
  )}<line class="median" x1="${middle}%" x2="${middle}%" y1="${top - 2}" y2="${top + tallPx + 2}" /></g>${limit > end
    ? html`<text class="limit-name" x="100%" y="${top + 15}" text-anchor="end">limit ${limitText(limit)} →</text>`
    : html`<line class="limit" x1="${at}%" x2="${at}%" y1="${top - 2}" y2="${top + tallPx + 2}" /><text class="limit-name" x="${
      at}%" dx="${anchorAt(at) === 'end' ? -4 : 4}" y="${top + 15}" text-anchor="${anchorAt(at) === 'end' ? 'end' : 'start'}">${
      limitText(limit)}</text>`}`;
}

const tickText = (value: number): string => (value === 0 ? '0' : `${value > 0 ? '+' : '−'}${rounded(Math.abs(value), 2)} %`);
const limitText = (limit: number): string => `${rounded(limit, 1)} %`;

/** An axis that holds 0, the intervals, most pairs and the limits that are not far off, and where it ends. */
function percentAxis(rows: readonly ChangeRow[]): readonly [Axis, number] {
  const dots = rows.flatMap(({ percents }) => (percents.length === 0 ? [] : [0.05, 0.95].map((part) => quantile([...percents], part))));
  const values = [0, ...dots, ...rows.flatMap(({ effect, interval = [effect] }) => [effect, ...interval])];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const far = 1.5 * Math.max(most, -least, ...rows.flatMap(({ limit }) => (limit <= 10 ? limit : [])));
  const limits = rows.flatMap(({ limit }) => (limit <= far ? limit : []));
  const scale = scaleLinear().domain([least, Math.max(most, 1, ...limits)]).range([0, 100]).clamp(true).nice(6);
  const percent = (value: number) => rounded(scale(value), 2);
  return [{ percent, ticks: scale.ticks(5).map((value) => ({ percent: percent(value), label: tickText(value) })) }, scale.domain()[1] ?? 0];
}
