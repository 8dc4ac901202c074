import { html, type Markup } from '../markup.ts';
import type { Outcome } from '../../../model/report.ts';

/** How a badge looks. The word in it says the same, so that nothing depends on the colour. */
export type Tone = Outcome;

const signs: Record<Tone, string> = { pass: '✓', fail: '✕', inconclusive: '?', 'not-applicable': '–' };
const words: Record<Tone, string> = {
  pass: 'pass', fail: 'fail', inconclusive: 'inconclusive', 'not-applicable': 'not applicable',
};

/** An outcome as a small label: a sign, and a word that is its own unless another is given. */
export function badge(tone: Tone, word = words[tone], sign = signs[tone]): Markup {
  return html`<span class="badge ${tone}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
}
