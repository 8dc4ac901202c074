import { html, type Markup, type Part } from '../markup.ts';
import type { Axis } from './axis.ts';

/** A plot's outer part. */
export type Frame = {
  /** What it shows, in a few words. */
  readonly title: string;
  /** The same in words, for readers who do not see it. */
  readonly description: string;
  readonly heightPx: number;
  readonly marks: Part;
};

/**
 * An SVG that is as wide as its column: places are percentages, heights and text are pixels, so that text keeps its size on a phone.
 * It carries no colour of its own; the style sheet gives it those of the theme.
 */
export function frame({ title, description, heightPx, marks }: Frame): Markup {
  return html`<svg class="plot" role="img" height="${heightPx}"><title>${title}</title><desc>${description}</desc>${marks}</svg>`;
}

/** Grid lines of a horizontal axis from `topPx` to `bottomPx`, with their labels below. */
export function horizontalAxis({ ticks }: Axis, topPx: number, bottomPx: number): Markup {
  return html`${ticks.map(
    ({ percent, label }) =>
      html`<line class="grid" x1="${percent}%" x2="${percent}%" y1="${topPx}" y2="${bottomPx}" /><text x="${percent}%" y="${
        bottomPx + 15}" text-anchor="${anchorAt(percent)}">${label}</text>`,
  )}`;
}

/** How text at a place of the axis is anchored, so that it stays inside the plot. */
export function anchorAt(percent: number): 'start' | 'middle' | 'end' {
  if (percent < 5) return 'start';
  return percent > 95 ? 'end' : 'middle';
}
