import { troubled } from '../../../model/explain.ts';
import { count } from '../../../model/format.ts';
import type { Evidence, Report } from '../../../model/report.ts';
import { clean, shorten } from '../../../model/text.ts';
import { html, joined, type Markup } from '../markup.ts';
import { fitEach } from '../parts/fit.ts';
import { fileLink, lengths } from '../parts/parts.ts';

type Excerpt = NonNullable<Evidence['excerpt']>;
type Line = Excerpt[number];
type Log = { readonly id: string; readonly title: string; readonly path: string; readonly excerpt: Excerpt };

const budgetBytes = 250_000;
const mostLines = 120;
/** Lines before and after a telling one that are not folded. */
const around = 4;

/** What the checks that did not pass left behind; unfolded where a cause is told first. */
export function logs(report: Report): Markup | undefined {
  const all = troubled(report).flatMap(({ id, evidence }) => evidence.map((file) => ({ ...file, id, excerpt: file.excerpt ?? [] })));
  const told = new Set<string>();
  const { shown, omitted } = fitEach(all.filter(({ excerpt }) => excerpt.length > 0), budgetBytes, (log) => {
    const hazards = [...new Set(log.excerpt.flatMap(({ hazard }) => hazard ?? []))];
    const first = hazards.some((hazard) => !told.has(hazard));
    for (const hazard of hazards) told.add(hazard);
    return block(log, hazards, first);
  });
  if (shown.length === 0) return undefined;
  return joined([...shown, omitted > 0 && html`<p>${count(omitted, 'more log')}: see the folder <code>evidence</code>.</p>`], '\n');
}

function block({ id, title, path, excerpt }: Log, hazards: readonly string[], open: boolean): Markup {
  const tells = hazards.length > 0 ? `, tells ${hazards.slice(0, 5).map((hazard) => shorten(hazard, 40)).join(', ')}` : '';
  return html`<details class="area"${open && html` open=""`}><summary><h3><code>${
    shorten(id, lengths.name)}</code></h3> <span class="muted">${shorten(title, lengths.name)}${tells}</span></summary>
${logLines(excerpt)}
<p class="small">${count(excerpt.length, 'line')} of ${fileLink(shorten(path, lengths.line), path)}</p></details>`;
}

/** Numbered lines of a log: those that tell a hazard are marked with its id, those far from them folded, those left out counted. */
export function logLines(excerpt: Excerpt): Markup {
  const lines = excerpt.slice(0, mostLines);
  const blocks = runs(lines).map(({ near, items }) => {
    const shown = items.map((line) => numbered(line, lines[lines.indexOf(line) - 1]));
    const [first = 0, last = first] = [items.at(0)?.number, items.at(-1)?.number];
    const span = first === last ? `line ${first}` : `lines ${first} to ${last}`;
    return near ? shown : html`<details><summary>${span}</summary>${shown}</details>`;
  });
  return html`<div class="log">${blocks}</div>`;
}

/** Neighbours that are all near a telling line, or all far from it. Without a telling line all are near. */
function runs(lines: Excerpt): { readonly near: boolean; readonly items: Line[] }[] {
  const telling = lines.flatMap(({ hazard }, index) => (hazard === undefined ? [] : [index]));
  const found: { near: boolean; items: Line[] }[] = [];
  for (const [index, line] of lines.entries()) {
    const near = telling.length === 0 || telling.some((place) => Math.abs(place - index) <= around);
    const last = found.at(-1);
    if (last?.near === near) last.items.push(line);
    else found.push({ near, items: [line] });
  }
  return found;
}

function numbered({ number, text, hazard }: Line, before: Line | undefined): Markup {
  const omitted = number - (before?.number ?? 0) - 1;
  const gap = omitted > 0 && html`<div class="line gap"><span class="line-number"></span><span>… ${count(omitted, 'line')} …</span></div>`;
  const mark = hazard !== undefined && html`<b>${shorten(hazard, 40)}</b> `;
  return html`${gap}<div class="line${mark && ' told'}"><span class="line-number">${number}</span><code>${mark}${
    shorten(clean(text).replaceAll('\n', ' '), lengths.line)}</code></div>`;
}
