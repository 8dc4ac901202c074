import { hierarchy, treemap as layout, treemapSquarify } from 'd3-hierarchy';
import { formatBytes } from '../../../model/format.ts';
import { shorten } from '../../../model/text.ts';
import { html, type Markup } from '../markup.ts';
import { frame, rounded, type Tone } from './frame.ts';

/** One part of the whole; its value is a number of bytes. */
type Cell = { readonly name: string; readonly tone: Tone; readonly value: number };

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

/** Rectangles whose areas are the values, the largest first, at least one above 0, with names where they fit; in words what matters. */
export function treemap(title: string, cells: readonly Cell[]): Markup {
  const named = cells.slice(0, 20).map(({ name, value }) => `${shorten(name, longestName)} ${formatBytes(value)}`).join(', ');
  const description = `${named}${cells.length > 20 ? `, and ${cells.length - 20} smaller ones` : ''}.`;
  return html`${drawings.map((drawing) => html`<div class="${drawing.name}">${
    frame(title, description, drawing.heightPx, rectangles(cells, drawing))}</div>`)}`;
}

type Node = { readonly cell: Cell; readonly children?: readonly Node[] };

function rectangles(cells: readonly Cell[], drawing: Drawing): Markup[] {
  const { usualPx, heightPx } = drawing;
  const percent = (px: number) => rounded((px / usualPx) * 100, 2);
  const whole = { name: '', tone: 'subject', value: 0 } as const;
  const root = hierarchy<Node>({ cell: whole, children: cells.map((cell) => ({ cell })) }).sum(({ cell }) => cell.value);
  const leaves = layout<Node>().tile(treemapSquarify).size([usualPx, heightPx])(root).leaves();
  return leaves.map(({ data: { cell }, x0, x1, y0, y1 }) => {
    const tallPx = y1 - y0;
    const [name, value] = [shorten(cell.name, longestName), formatBytes(cell.value)];
    const corner = html`x="${percent(x0)}%" y="${rounded(y0, 1)}"`;
    // The text moves from the corner by pixels, while the corner is a percentage.
    const texts = labels(name, value, (x1 - x0) / usualPx, tallPx, drawing).map(({ text, line, shown }) => text !== undefined &&
      html`<text class="cell-text${shown}" ${corner} dx="${padPx}" dy="${(line + 1) * linePx}">${text}</text>`);
    return html`<g class="${cell.tone}"><rect class="cell" ${corner} width="${percent(x1 - x0)}%" height="${rounded(tallPx, 1)}"><title>${
      name}: ${value}</title></rect>${texts}</g>`;
  });
}

/** What fits into a part: one text wherever the picture is shown, or one where there is little room and one where there is more. */
function labels(name: string, value: string, share: number, tallPx: number, { leastPx, roomyPx = leastPx }: Drawing) {
  const [tight = [], roomy = []] = [leastPx, roomyPx].map((widthPx) => linesIn(name, value, share * widthPx, tallPx));
  return [0, 1].flatMap((line) => (tight[line] === roomy[line]
    ? [{ text: tight[line], line, shown: '' }]
    : [{ text: tight[line], line, shown: ' tight' }, { text: roomy[line], line, shown: ' roomy' }]));
}

/** The name, cut if need be, and below it the value, as far as they fit. */
function linesIn(name: string, value: string, widePx: number, tallPx: number): string[] {
  const room = Math.floor((widePx - 2 * padPx) / characterPx);
  if (tallPx < linePx + 3 || (name.length > room && room < fewestCharacters)) return [];
  const shown = name.length <= room ? name : shorten(name, room - 1);
  return tallPx < 2 * linePx + 4 || value.length > room ? [shown] : [shown, value];
}
