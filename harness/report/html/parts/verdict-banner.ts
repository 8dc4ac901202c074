import { html, type Markup } from '../markup.ts';
import type { Verdict } from '../../../model/report.ts';

/**
 * The verdict as the first thing a reader sees: the word, the sentence, and what the reader must know about it (partial, interrupted,
 * waived).
 */
export function verdictBanner({ outcome, sentence }: Pick<Verdict, 'outcome' | 'sentence'>, reservations: readonly string[]): Markup {
  return html`<div class="verdict ${outcome}">
<p class="word"><strong>${outcome.toUpperCase()}</strong></p>
<div><p class="sentence">${sentence}</p>${
    reservations.length > 0 && html`<ul class="reservations">${reservations.map((text) => html`<li>${text}</li>`)}</ul>`
  }</div>
</div>`;
}
