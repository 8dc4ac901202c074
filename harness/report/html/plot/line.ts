import { max } from 'simple-statistics';
import { formatValue } from '../../../model/format.ts';
import { html, type Markup } from '../markup.ts';
import { axis, frame, rounded, textAt, type Tone, type Unit } from './frame.ts';

/** One line of the plot; `x` goes from 0 to the plot's `end`. */
export type Line = {
  readonly name: string;
  readonly tone: Tone;
  readonly points: readonly { readonly x: number; readonly value: number }[];
};

/** Values along something: time, or releases. */
type LinePlot = {
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
  const largest = max([0, ...lines.flatMap(({ points }) => points.map(({ value }) => value))]);
  const near = limit !== undefined && limit <= 1.6 * largest;
  const scale = axis(near ? Math.max(limit, largest) : largest, unit, 3);
  const across = (x: number) => rounded(end > 0 ? Math.min(100, Math.max(0, (x / end) * 100)) : 50, 2);
  const down = (percent: number) => rounded(topPx + (1 - percent / 100) * heightPx, 1);
  const marks = [
    scale.ticks.map(({ percent, label }) => html`<line class="grid" x1="0" x2="100%" y1="${down(percent)}" y2="${
      down(percent)}" /><text class="tick" x="0" y="${down(percent) - 4}">${label}</text>`),
    xTicks.map(({ x, label }) => textAt(across(x), topPx + heightPx + 16, label)),
    lines.map(({ tone, points }) => {
      const places = points.map(({ x, value }) => ({ x: across(x), percent: scale.percent(value) }));
      const dots = places.length <= mostDots &&
        places.map(({ x, percent }) => html`<circle class="dot" cx="${x}%" cy="${down(percent)}" r="2.5" />`);
      return html`<g class="${tone}"><svg viewBox="0 0 100 100" preserveAspectRatio="none" x="0" y="${topPx}" width="100%" height="${
        heightPx}"><polyline class="course" points="${places.map(({ x, percent }) => `${x},${rounded(100 - percent, 2)}`).join(' ')
      }" vector-effect="non-scaling-stroke" /></svg>${dots}</g>`;
    }),
    limit !== undefined && limitMark(formatValue(limit, unit), near ? down(scale.percent(limit)) : undefined),
  ];
  const description = [...lines.map((line) => inWords(line, unit)), ...(limit === undefined ? [] : [`Limit ${formatValue(limit, unit)}.`])];
  return frame(title, description.join(' '), topPx + heightPx + 20, marks);
}

function inWords({ name, points }: Line, unit: Unit): string {
  const values = points.map(({ value }) => value);
  const [first, last] = [values.at(0), values.at(-1)];
  if (first === undefined || last === undefined) return `${name}: no value.`;
  const [from, to, most] = [first, last, max(values)].map((value) => formatValue(value, unit));
  return `${name}: from ${from} to ${to}, at most ${most}, ${values.length} points.`;
}

function limitMark(text: string, y: number | undefined): Markup {
  if (y === undefined) return html`<text class="limit-name" x="100%" y="11" text-anchor="end">limit ${text} ↑</text>`;
  return html`<line class="limit" x1="0" x2="100%" y1="${y}" y2="${y}" /><text class="limit-name" x="100%" y="${
    y - 4}" text-anchor="end">limit ${text}</text>`;
}
