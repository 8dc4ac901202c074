import type { Markup } from '../../report/html/markup.ts';
import { badge } from '../../report/html/parts/badge.ts';
import type { GatePlatform } from '../../model/gate.ts';

/** A state as a small label: a sign and a word, so that nothing depends on the colour. */
export function stateBadge(state: GatePlatform['state'], word: string): Markup {
  if (state === 'waived') return badge('inconclusive', word, '!');
  return badge(state === 'missing' ? 'fail' : state, word);
}
