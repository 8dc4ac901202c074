import { formatValue } from '../../../model/format.ts';
import { html, type Markup } from '../markup.ts';
import { axis, type Unit } from './axis.ts';
import { frame, horizontalAxis } from './frame.ts';

/** A part of a bar, from where the part before it ended. */
export type Span = {
  readonly name: string;
  readonly shade: 'one' | 'two' | 'three' | 'four' | 'five';
  readonly from: number;
  readonly to: number;
};

/** Bars of spans that follow each other. */
export type Waterfall = {
  readonly title: string;
  readonly unit: Unit;
  readonly rows: readonly { readonly name: string; readonly spans: readonly Span[] }[];
};

const rowPx = 44;

/** A bar a row on a common axis from 0; the whole length stands beside its name. */
export function waterfall({ title, unit, rows }: Waterfall): Markup {
  const scale = axis(Math.max(0, ...rows.map(({ spans }) => endOf(spans))), unit);
  const bottomPx = rows.length * rowPx;
  const bars = rows.map(({ name, spans }, index) => {
    const topPx = index * rowPx;
    const bar = spans.map(({ shade, from, to }) => {
      const [start, end] = [scale.percent(from), scale.percent(to)];
      return html`<rect class="span ${shade}" x="${start}%" width="${Number((end - start).toFixed(2))}%" y="${topPx + 20}" height="18" />`;
    });
    return html`<text class="name" x="0" y="${topPx + 14}">${name}</text><text x="100%" y="${topPx + 14}" text-anchor="end">${
      formatValue(endOf(spans), unit)}</text>${bar}`;
  });
  const description = rows.map(({ name, spans }) => `${name}: ` +
    `${spans.map((span) => `${span.name} ${formatValue(span.to - span.from, unit)}`).join(', ')}.`).join(' ');
  return frame({ title, description, heightPx: bottomPx + 20, marks: [horizontalAxis(scale, 0, bottomPx), bars] });
}

function endOf(spans: readonly Span[]): number {
  return Math.max(0, ...spans.map(({ to }) => to));
}
