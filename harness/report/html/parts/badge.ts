import { html, type Markup } from '../markup.ts';
import type { Outcome } from '../../../model/report.ts';

/** How a badge looks. The word in it says the same, so that nothing depends on the colour. */
export type Tone = Outcome;

const signs = { pass: '✓', fail: '✕', inconclusive: '?', 'not-applicable': '–' } satisfies Record<Tone, string>;
const words = {
  pass: 'pass', fail: 'fail', inconclusive: 'inconclusive', 'not-applicable': 'not applicable',
} satisfies Record<Tone, string>;

/** An outcome as a small label: a sign, and a word that is its own unless another is given. */
export function badge(tone: Tone, word = words[tone]): Markup {
  return html`<span class="badge ${tone}"><span aria-hidden="true">${signs[tone]}</span> ${word}</span>`;
}
