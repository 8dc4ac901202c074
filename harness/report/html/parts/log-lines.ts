import { count } from '../../../model/format.ts';
import type { Evidence } from '../../../model/report.ts';
import { clean, shorten } from '../../../model/text.ts';
import { html, type Markup } from '../markup.ts';

type Excerpt = NonNullable<Evidence['excerpt']>;
type Line = Excerpt[number];

const mostLines = 120;
const lineLimit = 400;
/** Lines before and after a telling one that are not folded. */
const around = 4;

/**
 * Numbered lines of a log. Those that tell a hazard are marked with its id; lines far from them are folded; where the excerpt
 * leaves lines out it says how many.
 */
export function logLines(excerpt: Excerpt): Markup {
  const lines = excerpt.slice(0, mostLines);
  const blocks = runs(lines).map(({ near, items }) => {
    const shown = items.map((line) => numbered(line, lines[lines.indexOf(line) - 1]));
    return near ? shown : html`<details><summary>${span(items)}</summary>${shown}</details>`;
  });
  return html`<div class="log">${blocks}</div>`;
}

/** Neighbours that are all near a telling line, or all far from it. Without a telling line all are near. */
function runs(lines: Excerpt): { readonly near: boolean; readonly items: Line[] }[] {
  const telling = lines.flatMap(({ hazard }, index) => (hazard === undefined ? [] : [index]));
  const isNear = (index: number) => telling.length === 0 || telling.some((place) => Math.abs(place - index) <= around);
  const found: { near: boolean; items: Line[] }[] = [];
  for (const [index, line] of lines.entries()) {
    const near = isNear(index);
    const last = found.at(-1);
    if (last?.near === near) last.items.push(line);
    else found.push({ near, items: [line] });
  }
  return found;
}

function span(items: readonly Line[]): string {
  const [first, last] = [items.at(0)?.number ?? 0, items.at(-1)?.number ?? 0];
  return first === last ? `line ${first}` : `lines ${first} to ${last}`;
}

function numbered({ number, text, hazard }: Line, before: Line | undefined): Markup {
  const omitted = number - (before?.number ?? 0) - 1;
  const gap = omitted > 0 && html`<div class="line gap"><span class="line-number"></span><span>… ${count(omitted, 'line')} …</span></div>`;
  const mark = hazard !== undefined && html`<b>${shorten(hazard, 40)}</b> `;
  return html`${gap}<div class="line${hazard !== undefined && ' told'}"><span class="line-number">${number}</span><code>${mark}${
    shorten(clean(text).replaceAll('\n', ' '), lineLimit)}</code></div>`;
}
