import { count, formatValue } from '../../../model/format.ts';
import type { Outcome, Verdict } from '../../../model/report.ts';
import { shorten } from '../../../model/text.ts';
import { html, joined, type Markup, type Part } from '../markup.ts';

/** Lengths of texts in characters: those of a report have any length, a page may not. The whole is in report.json and the evidence. */
export const lengths = { name: 160, line: 400, text: 1500 } as const;

const signs: Record<Outcome, string> = { pass: '✓', fail: '✕', inconclusive: '?', 'not-applicable': '–' };

/** An outcome as a small label: a sign, and a word that is its own unless another is given, so that nothing depends on the colour. */
export function badge(outcome: Outcome, word = outcome.replace('-', ' '), sign = signs[outcome]): Markup {
  return html`<span class="badge ${outcome}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
}

/** The verdict as the first thing a reader sees: the word, the sentence, and what must be known about it (partial, interrupted, waived). */
export function verdictBanner({ outcome, sentence }: Pick<Verdict, 'outcome' | 'sentence'>, reservations: readonly string[]): Markup {
  return html`<div class="verdict ${outcome}">
<p class="word"><strong>${outcome.toUpperCase()}</strong></p>
<div><p class="sentence">${sentence}</p>${
    reservations.length > 0 && html`<ul class="reservations">${reservations.map((text) => html`<li>${text}</li>`)}</ul>`
  }</div>
</div>`;
}

/** A part of the page under its title, to be jumped to; nothing without a content. */
export function section(id: string, title: string, content: Markup | undefined): Markup | undefined {
  return content && html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>`;
}

/** A label and its value; undefined or false is no value. */
export type Definition = readonly [label: string, value: Part];

/** Labels with their values, as a list in two columns; rows without a value are left out, and nothing is left without rows. */
export function definitions(rows: readonly Definition[]): Markup | undefined {
  const filled = rows.filter(([, value]) => value !== undefined && value !== false);
  if (filled.length === 0) return undefined;
  return html`<dl class="definitions">${filled.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Text to copy: line for line, as it is. Long lines are broken for the eye alone. */
export function codeBlock(text: string): Markup {
  // A line end right after <pre> would be lost: https://html.spec.whatwg.org/multipage/grouping-content.html#the-pre-element
  return html`<pre><code>${text.trim()}</code></pre>`;
}

/** A value beside its limit: `3.41 s, limit 3.00 s (+410 ms, +13.7 %)`. */
export function againstLimit(value: number, limit: number, unit: string | undefined): string {
  const difference = value - limit;
  const ratio = Number(((difference / limit) * 100).toFixed(1));
  const percent = limit === 0 ? '' : `, ${signed(ratio, `${Math.abs(ratio)} %`)}`;
  return `${formatValue(value, unit)}, limit ${formatValue(limit, unit)} (${
    signed(difference, formatValue(Math.abs(difference), unit))}${percent})`;
}

function signed(amount: number, shown: string): string {
  return `${amount < 0 ? '−' : '+'}${shown}`;
}

/** The id of the element that tells about a check: letters, digits, `.`, `-` and `_` alone, whatever the check's id holds. */
export function checkAnchor(checkId: string): string {
  return `check-${checkId.slice(0, 100).replace(/[^A-Za-z0-9.-]/g, (character) => `_${character.charCodeAt(0).toString(16)}`)}`;
}

/** The id of the element that tells about a finding, by its place in the report. */
export function findingAnchor(index: number): string {
  return `finding-${index + 1}`;
}

/** Ids of checks; many are folded. With `linked`, which is the default, they lead to where the checks are listed. */
export function idList(ids: readonly string[], linked = true): Markup {
  const [few, most] = [6, 80];
  const names = ids.slice(0, most).map((id) => {
    const name = html`<code>${shorten(id, 100)}</code>`;
    return linked ? html`<a href="#${checkAnchor(id)}">${name}</a>` : name;
  });
  if (ids.length <= few) return html`<p>${joined(names, ', ')}</p>`;
  const more = ids.length > most && ` and ${ids.length - most} more`;
  return html`<details><summary>${count(ids.length, 'check')}</summary><p>${joined(names, ', ')}${more}</p></details>`;
}

/** A link to an evidence file beside the page; text for any other path: a report must not be able to send its reader elsewhere. */
export function fileLink(title: string, path: string): Markup {
  const target = evidenceTarget(path);
  if (target === undefined) return html`<span class="file">${title}</span>`;
  return html`<a class="${title === path ? 'file' : 'file titled'}" href="${target}">${title}</a>`;
}

/** The path as a relative reference (RFC 3986), or undefined when it is not a file under `evidence/` or longer than any of the harness. */
export function evidenceTarget(path: string): string | undefined {
  const [root, ...names] = path.split('/');
  const plain = names.every((name) => name !== '' && name !== '.' && name !== '..' && name.isWellFormed());
  if (root !== 'evidence' || names.length === 0 || !plain || path.length > 300) return undefined;
  return ['evidence', ...names.map(encodeURIComponent)].join('/');
}
