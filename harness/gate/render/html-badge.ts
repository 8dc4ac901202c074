import { html, type Markup } from '../../report/html/markup.ts';
import type { GatePlatform } from '../../model/gate.ts';

const looks = {
  pass: { tone: 'pass', sign: '✓' },
  waived: { tone: 'inconclusive', sign: '!' },
  fail: { tone: 'fail', sign: '✕' },
  inconclusive: { tone: 'inconclusive', sign: '?' },
  missing: { tone: 'fail', sign: '✕' },
} satisfies Record<GatePlatform['state'], { tone: string; sign: string }>;

/** A state as a small label: a sign and a word, so that nothing depends on the colour. */
export function stateBadge(state: GatePlatform['state'], word: string): Markup {
  const { tone, sign } = looks[state];
  return html`<span class="badge ${tone}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
}
