import { hierarchy, treemap as layout, treemapSquarify } from 'd3-hierarchy';
import { formatValue } from '../../../model/format.ts';
import { shorten } from '../../../model/text.ts';
import { html, type Markup } from '../markup.ts';
import type { Unit } from './axis.ts';
import { frame } from './frame.ts';
import type { Tone } from './tone.ts';

/** One part of the whole. */
export type Cell = { readonly name: string; readonly tone: Tone; readonly value: number };

/** Parts of a whole, the largest first; at least one has a value above 0. */
export type Treemap = { readonly title: string; readonly unit: Unit; readonly cells: readonly Cell[] };

/** One way to draw it: the style sheet shows the one that suits the screen. */
type Drawing = {
  readonly name: 'wide' | 'narrow';
  readonly heightPx: number;
  /** For which the parts are made as square as can be. */
  readonly usualPx: number;
  /** As narrow as it is ever shown: labels that fit then always fit. */
  readonly leastPx: number;
  /** Where the page has its full width, more labels fit; the style sheet shows these there alone. */
  readonly roomyPx?: number;
};

const drawings: readonly Drawing[] = [
  { name: 'wide', heightPx: 360, usualPx: 900, leastPx: 595, roomyPx: 915 },
  { name: 'narrow', heightPx: 440, usualPx: 330, leastPx: 290 },
];

/** Of the widest font that is likely, at 12 px. */
const characterPx = 7.4;
const padPx = 5;
const linePx = 15;
/** What is cut to fewer characters says nothing. */
const fewestCharacters = 7;
const longestName = 60;

/** Rectangles whose areas are the values, with names where they fit; the description names all that matter, in words. */
export function treemap({ title, unit, cells }: Treemap): Markup {
  const description = `${cells.slice(0, 20).map(({ name, value }) => `${shorten(name, longestName)} ${
    formatValue(value, unit)}`).join(', ')}${cells.length > 20 ? `, and ${cells.length - 20} smaller ones` : ''}.`;
  return html`${drawings.map((drawing) => html`<div class="${drawing.name}">${
    frame({ title, description, heightPx: drawing.heightPx, marks: rectangles(cells, unit, drawing) })}</div>`)}`;
}

type Node = { readonly cell: Cell; readonly children?: readonly Node[] };

function rectangles(cells: readonly Cell[], unit: Unit, drawing: Drawing): Markup[] {
  const { usualPx, heightPx } = drawing;
  const whole = { name: '', tone: 'subject', value: 0 } as const;
  const root = hierarchy<Node>({ cell: whole, children: cells.map((cell) => ({ cell })) }).sum(({ cell }) => cell.value);
  const leaves = layout<Node>().tile(treemapSquarify).size([usualPx, heightPx])(root).leaves();
  return leaves.map(({ data: { cell }, x0, x1, y0, y1 }) => {
    const [share, tallPx] = [(x1 - x0) / usualPx, y1 - y0];
    const place = html`x="${percent(x0, usualPx)}%" y="${pixels(y0)}" width="${percent(x1 - x0, usualPx)}%" height="${pixels(tallPx)}"`;
    const value = formatValue(cell.value, unit);
    // The text moves from the corner by pixels, while the corner is a percentage.
    const lines = labels(shorten(cell.name, longestName), value, share, tallPx, drawing).map(({ text, line, shown }) =>
      html`<text class="cell-text${shown}" x="${percent(x0, usualPx)}%" y="${pixels(y0)}" dx="${padPx}" dy="${
        line * linePx}">${text}</text>`);
    return html`<g class="${cell.tone}"><rect class="cell" ${place}><title>${shorten(cell.name, longestName)}: ${value}</title></rect>${
      lines}</g>`;
  });
}

type Label = { readonly text: string; readonly line: number; readonly shown: '' | ' tight' | ' roomy' };

/**
 * What fits into a part: the same text wherever the picture is shown, or one for where there is little room and one for where there is
 * more.
 */
function labels(name: string, value: string, share: number, tallPx: number, { leastPx, roomyPx = leastPx }: Drawing): Label[] {
  const [tight, roomy] = [leastPx, roomyPx].map((widthPx) => linesIn(name, value, share * widthPx, tallPx));
  return [0, 1].flatMap((index): Label[] => {
    const [little, more] = [tight?.[index], roomy?.[index]];
    const label = (text: string | undefined, shown: Label['shown']): Label[] =>
      (text === undefined ? [] : [{ text, line: index + 1, shown }]);
    return little === more ? label(little, '') : [...label(little, ' tight'), ...label(more, ' roomy')];
  });
}

/** The name, cut if need be, and below it the value, as far as they fit. */
function linesIn(name: string, value: string, widePx: number, tallPx: number): string[] {
  const room = Math.floor((widePx - 2 * padPx) / characterPx);
  if (tallPx < linePx + 3 || (name.length > room && room < fewestCharacters)) return [];
  const shown = name.length <= room ? name : shorten(name, room - 1);
  return tallPx < 2 * linePx + 4 || value.length > room ? [shown] : [shown, value];
}

function percent(px: number, ofPx: number): number {
  return Number(((px / ofPx) * 100).toFixed(2));
}

function pixels(px: number): number {
  return Number(px.toFixed(1));
}
