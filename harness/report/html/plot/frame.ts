import { scaleLinear } from 'd3-scale';
import { html, type Markup, type Part } from '../markup.ts';

/** Which colour a mark has; the style sheet knows the colours. */
export type Tone = 'subject' | 'baseline' | 'previous' | 'manager';

/** What the numbers of a plot are. */
export type Unit = 'ms' | 's' | 'bytes';

/**
 * An SVG as wide as its column: places are percentages, heights and text are pixels, so that text keeps its size on a phone; the colours
 * are the style sheet's. The description says in words what it shows, for readers who do not see it.
 */
export function frame(title: string, description: string, heightPx: number, marks: Part): Markup {
  return html`<svg class="plot" role="img" height="${heightPx}"><title>${title}</title><desc>${description}</desc>${marks}</svg>`;
}

/** A plot under its title, with a remark and the key of its colours. */
export function figure(
  title: string, remark: string | undefined, plot: Markup, keys: readonly { readonly tone: Tone; readonly name: string }[] = [],
): Markup {
  const key = keys.map(({ tone, name }) => html` <span class="nowrap"><span class="key ${tone}"></span>${name}</span>`);
  return html`<figure><figcaption><b>${title}</b>${remark !== undefined && html` <span class="muted">${remark}</span>`}${
    key.length > 0 && html` ${key}`}</figcaption>
${plot}</figure>`;
}

/** An axis that begins at 0 and ends at a round number. */
export type Axis = {
  /** Where a value stands, in percent of the axis; values outside stand at its ends. */
  readonly percent: (value: number) => number;
  readonly ticks: readonly { readonly percent: number; readonly label: string }[];
};

/** An axis for values up to `maximum`, with about `wanted` ticks. */
export function axis(maximum: number, unit: Unit, wanted = 4): Axis {
  const scale = scaleLinear().domain([0, maximum > 0 ? maximum : 1]).range([0, 100]).clamp(true).nice(wanted);
  const percent = (value: number) => rounded(scale(value), 2);
  const [divisor, name] = scaleUnit(unit, scale.domain()[1] ?? 1);
  const label = (value: number) => (value === 0 ? '0' : `${Number((value / divisor).toPrecision(6))} ${name}`);
  return { percent, ticks: scale.ticks(wanted).map((value) => ({ percent: percent(value), label: label(value) })) };
}

/** The unit that fits the end of an axis, for labels such as `1.5 s` and `200 MB`. */
function scaleUnit(unit: Unit, end: number): readonly [divisor: number, name: string] {
  if (unit === 'bytes') return ([[1e9, 'GB'], [1e6, 'MB'], [1e3, 'kB']] as const).find(([size]) => end >= size) ?? [1, 'bytes'];
  const second = unit === 's' ? 1 : 1000;
  return end >= second ? [second, 's'] : [second / 1000, 'ms'];
}

/** Grid lines of a horizontal axis from `topPx` to `bottomPx`, with their labels below. */
export function horizontalAxis({ ticks }: Axis, topPx: number, bottomPx: number): Markup {
  return html`${ticks.map(
    ({ percent, label }) =>
      html`<line class="grid" x1="${percent}%" x2="${percent}%" y1="${topPx}" y2="${bottomPx}" />${textAt(percent, bottomPx + 15, label)}`,
  )}`;
}

/** What stands over a row of marks: its name, and at the other end what it comes to. */
export function rowHead(topPx: number, name: string, value: string): Markup {
  return html`<text class="name" x="0" y="${topPx + 14}">${name}</text><text x="100%" y="${topPx + 14}" text-anchor="end">${value}</text>`;
}

/** Text at a place of a horizontal axis, anchored so that it stays inside the plot. */
export function textAt(percent: number, y: number, text: string): Markup {
  return html`<text x="${percent}%" y="${y}" text-anchor="${anchorAt(percent)}">${text}</text>`;
}

/** The value of `text-anchor` with which text at a place of the axis stays inside the plot. */
export function anchorAt(percent: number): 'start' | 'middle' | 'end' {
  if (percent < 5) return 'start';
  return percent > 95 ? 'end' : 'middle';
}

/** A number for a page, with no more digits after the point than can be seen. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
