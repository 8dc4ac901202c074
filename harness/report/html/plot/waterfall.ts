import { formatDuration } from '../../../model/format.ts';
import { html, type Markup } from '../markup.ts';
import { axis, frame, horizontalAxis, rounded, rowHead } from './frame.ts';

/** A part of a bar, from where the part before it ended, in milliseconds. */
export type Span = {
  readonly name: string;
  readonly shade: 'one' | 'two' | 'three' | 'four' | 'five';
  readonly from: number;
  readonly to: number;
};

/** A bar of spans that follow each other. */
export type Bar = { readonly name: string; readonly spans: readonly Span[] };

const rowPx = 44;

/** A bar a row on a common axis from 0; the whole length stands beside its name. */
export function waterfall(title: string, bars: readonly Bar[]): Markup {
  const scale = axis(Math.max(0, ...bars.map(endOf)), 'ms');
  const bottomPx = bars.length * rowPx;
  const rows = bars.map((bar, index) => html`${rowHead(index * rowPx, bar.name, formatDuration(endOf(bar)))}${
    bar.spans.map(({ shade, from, to }) => {
      const [start, end] = [scale.percent(from), scale.percent(to)];
      return html`<rect class="span ${shade}" x="${start}%" width="${rounded(end - start, 2)}%" y="${index * rowPx + 20}" height="18" />`;
    })}`);
  const description = bars.map(({ name, spans }) => `${name}: ${
    spans.map((span) => `${span.name} ${formatDuration(span.to - span.from)}`).join(', ')}.`).join(' ');
  return frame({ title, description, heightPx: bottomPx + 20, marks: [horizontalAxis(scale, 0, bottomPx), rows] });
}

function endOf({ spans }: Bar): number {
  return Math.max(0, ...spans.map(({ to }) => to));
}
