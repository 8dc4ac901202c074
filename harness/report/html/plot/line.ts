import { formatValue } from '../../../model/format.ts';
import { html, type Markup } from '../markup.ts';
import { axis, type Unit } from './axis.ts';
import { anchorAt, frame } from './frame.ts';
import type { Tone } from './tone.ts';

/** One line of the plot; `x` goes from 0 to the plot's `end`. */
export type Line = {
  readonly name: string;
  readonly tone: Tone;
  readonly points: readonly { readonly x: number; readonly value: number }[];
};

/** Values along something: time, or releases. */
export type LinePlot = {
  readonly title: string;
  readonly unit: Unit;
  readonly lines: readonly Line[];
  /** Where the x axis ends; it begins at 0. */
  readonly end: number;
  readonly xTicks: readonly { readonly x: number; readonly label: string }[];
  /** Drawn when it is near the values; otherwise only named. */
  readonly limit?: number | undefined;
};

const heightPx = 150;
const topPx = 18;
/** More are drawn as the line alone. */
const mostDots = 120;

/** Lines over a common axis from 0, with a dot for each point. */
export function linePlot({ title, unit, lines, end, xTicks, limit }: LinePlot): Markup {
  const largest = lines.flatMap(({ points }) => points).reduce((most, { value }) => Math.max(most, value), 0);
  const shown = limit !== undefined && limit <= 1.6 * largest;
  const scale = axis(shown ? Math.max(limit, largest) : largest, unit, 3);
  const across = (x: number) => Number((end > 0 ? Math.min(100, Math.max(0, (x / end) * 100)) : 50).toFixed(2));
  const down = (value: number) => Number((topPx + (1 - scale.percent(value) / 100) * heightPx).toFixed(1));
  const marks = [
    scale.ticks.map(({ percent, label }) => {
      const y = Number((topPx + (1 - percent / 100) * heightPx).toFixed(1));
      return html`<line class="grid" x1="0" x2="100%" y1="${y}" y2="${y}" /><text class="tick" x="0" y="${y - 4}">${label}</text>`;
    }),
    xTicks.map(
      ({ x, label }) => html`<text x="${across(x)}%" y="${topPx + heightPx + 16}" text-anchor="${anchorAt(across(x))}">${label}</text>`,
    ),
    lines.map(({ tone, points }) => {
      const path = points.map(({ x, value }) => `${across(x)},${Number((100 - scale.percent(value)).toFixed(2))}`).join(' ');
      const dots = points.length > mostDots
        ? []
        : points.map(({ x, value }) => html`<circle class="dot" cx="${across(x)}%" cy="${down(value)}" r="2.5" />`);
      return html`<g class="${tone}"><svg viewBox="0 0 100 100" preserveAspectRatio="none" x="0" y="${topPx}" width="100%" height="${
        heightPx}"><polyline class="course" points="${path}" vector-effect="non-scaling-stroke" /></svg>${dots}</g>`;
    }),
    limit !== undefined && limitMark(formatValue(limit, unit), shown ? down(limit) : undefined),
  ];
  return frame({ title, description: [
    ...lines.map((line) => inWords(line, unit)), ...(limit === undefined ? [] : [`Limit ${formatValue(limit, unit)}.`]),
  ].join(' '), heightPx: topPx + heightPx + 20, marks });
}

function inWords({ name, points }: Line, unit: Unit): string {
  const values = points.map(({ value }) => value);
  const [first, last] = [values.at(0), values.at(-1)];
  if (first === undefined || last === undefined) return `${name}: no value.`;
  const most = values.reduce((a, b) => Math.max(a, b));
  return `${name}: from ${formatValue(first, unit)} to ${formatValue(last, unit)}, at most ${formatValue(most, unit)}, ` +
    `${values.length} points.`;
}

function limitMark(text: string, y: number | undefined): Markup {
  if (y === undefined) return html`<text class="limit-name" x="100%" y="11" text-anchor="end">limit ${text} ↑</text>`;
  return html`<line class="limit" x1="0" x2="100%" y1="${y}" y2="${y}" /><text class="limit-name" x="100%" y="${
    y - 4}" text-anchor="end">limit ${text}</text>`;
}
