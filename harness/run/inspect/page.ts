import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UsageError } from '../../model/errors.ts';
import { oneLine, safeJson, shorten } from '../../model/text.ts';
import { makeFolder } from '../../system/make-folder.ts';
import { page } from '../../report/html/document.ts';
import { html, joined, type Markup } from '../../report/html/markup.ts';
import { codeBlock, definitions, lengths } from '../../report/html/parts/parts.ts';
import { sizesByDistribution } from '../../report/html/parts/sizes.ts';
import { contentsSentence } from '../../report/size-rows.ts';
import type { Bundle } from '../../runtimes/bundle.ts';
import { contentsOf } from './contents.ts';
import type { Hint } from './kept-comparison.ts';
import { rowsOf, oddityLine, whatItIs } from './summary.ts';

type Block = { readonly id: string; readonly title: string; readonly content: Markup };

const mostOddities = 100;
const mostHints = 15;

/** What a file is and holds, and what looks wrong in it, as one page like a report's. Nothing of it gets there raw, or makes it long. */
export function inspectPage(bundle: Bundle, hints: readonly Hint[] = []): string {
  const blocks = [...hintBlock(hints), ...sizeBlock(bundle), ...oddityBlock(bundle)];
  const body = html`<h1>${short(bundle.file)}</h1>
<p>${sentence(bundle)}</p>
${definitions(rowsOf(bundle).map(([label, value]) => [label, short(value)]))}
${blocks.map(({ id, title, content }) => html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>`)}`;
  return page({ title: `inspected: ${short(bundle.file)}`, body, files: ['inspect.json'] });
}

function sentence(bundle: Bundle): string {
  const read = 'Read without being run';
  if (bundle.kind === 'opaque') return `${read}: ${whatItIs(bundle)}. What is in it cannot be listed.`;
  return short(`${read}: ${contentsSentence(contentsOf(bundle))}.`);
}

function sizeBlock(bundle: Bundle): Block[] {
  const content = bundle.kind === 'opaque' ? undefined : sizesByDistribution(contentsOf(bundle));
  return content === undefined ? [] : [{ id: 'size', title: 'Size by distribution', content }];
}

function hintBlock(hints: readonly Hint[]): Block[] {
  const content = joined([...hints.slice(0, mostHints).map(hintCard), more(hints.length - mostHints)], '\n');
  return hints.length === 0 ? [] : [{ id: 'wrong', title: 'What looks wrong', content }];
}

function hintCard({ hazard, cause, remedy, line }: Hint): Markup {
  return html`<article class="card"><h3>${shorten(oneLine(hazard), lengths.name)}</h3>
${definitions([
  ['Do', codeBlock(shorten(remedy, 2 * lengths.line))], ['Cause', shorten(oneLine(cause), 2 * lengths.line)], ['Seen', short(line)],
])}</article>`;
}

function oddityBlock({ oddities }: Bundle): Block[] {
  const list = html`<ul>${oddities.slice(0, mostOddities).map((oddity) => html`<li>${short(oddityLine(oddity))}</li>`)}</ul>`;
  const content = joined([list, more(oddities.length - mostOddities)], '\n');
  return oddities.length === 0 ? [] : [{ id: 'unusual', title: 'What is unusual', content }];
}

function more(omitted: number): Markup | false {
  return omitted > 0 && html`<p>${omitted} more: see inspect.json.</p>`;
}

function short(text: string): string {
  return shorten(oneLine(text), lengths.line);
}

/** All that was read, and what looks wrong in it, as one line of JSON. */
export function inspectionJson(bundle: Bundle, hints: readonly Hint[]): string {
  return `${safeJson({ ...bundle, hints })}\n`;
}

/** Writes `inspect.json` and `inspect.html`, whose path it gives; the folder is made where there is none. @throws {UsageError} */
export async function writeInspection(folder: string, bundle: Bundle, hints: readonly Hint[]): Promise<string> {
  const file = join(folder, 'inspect.html');
  try {
    await makeFolder(folder);
    await writeFile(join(folder, 'inspect.json'), inspectionJson(bundle, hints));
    await writeFile(file, inspectPage(bundle, hints));
    return file;
  } catch (cause) {
    throw new UsageError(`--report-dir: ${folder} cannot be written (${messageOf(cause)}); name another folder`, { cause });
  }
}
