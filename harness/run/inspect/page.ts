import type { Bundle } from '../../runtimes/bundle.ts';
import { page } from '../../report/html/document.ts';
import { html, joined, type Markup } from '../../report/html/markup.ts';
import { codeBlock, definitions, lengths } from '../../report/html/parts/parts.ts';
import { sizesByDistribution } from '../../report/html/parts/sizes.ts';
import { contentsSentence } from '../../report/size-rows.ts';
import { oneLine, shorten } from '../../model/text.ts';
import { contentsOf } from './contents.ts';
import type { Hint } from './hints.ts';
import { rowsOf, oddityLine, whatItIs } from './summary.ts';

type Block = { readonly id: string; readonly title: string; readonly content: Markup };

const mostOddities = 100;
const mostHints = 15;

/**
 * What a file is and holds and, by `hints`, what looks wrong in it (default: nothing), as one page like that of a report. Nothing of the
 * file
 * reaches it raw, and nothing makes it long.
 */
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
  if (hints.length === 0) return [];
  const omitted = hints.length - mostHints;
  const more = omitted > 0 && html`<p>${omitted} more: see inspect.json.</p>`;
  return [{ id: 'wrong', title: 'What looks wrong', content: joined([...hints.slice(0, mostHints).map(hintCard), more], '\n') }];
}

function hintCard({ hazard, cause, remedy, line }: Hint): Markup {
  return html`<article class="card"><h3>${shorten(oneLine(hazard), lengths.name)}</h3>
${definitions([
  ['Do', codeBlock(shorten(remedy, 2 * lengths.line))], ['Cause', shorten(oneLine(cause), 2 * lengths.line)], ['Seen', short(line)],
])}</article>`;
}

function oddityBlock({ oddities }: Bundle): Block[] {
  if (oddities.length === 0) return [];
  const omitted = oddities.length - mostOddities;
  const more = omitted > 0 && html`<p>${omitted} more: see inspect.json.</p>`;
  return [{ id: 'unusual', title: 'What is unusual', content: joined(
    [html`<ul>${oddities.slice(0, mostOddities).map((oddity) => html`<li>${short(oddityLine(oddity))}</li>`)}</ul>`, more], '\n',
  ) }];
}

function short(text: string): string {
  return shorten(oneLine(text), lengths.line);
}
