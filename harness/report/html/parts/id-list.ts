import { count } from '../../../model/format.ts';
import { shorten } from '../../../model/text.ts';
import { html, joined, type Markup } from '../markup.ts';
import { checkAnchor } from './anchor.ts';

const few = 6;
const most = 80;

/** Ids of checks; many are folded. With `linked`, which is the default, they lead to where the checks are listed. */
export function idList(ids: readonly string[], linked = true): Markup {
  const links = ids.slice(0, most).map((id) => {
    const name = html`<code>${shorten(id, 100)}</code>`;
    return linked ? html`<a href="#${checkAnchor(id)}">${name}</a>` : name;
  });
  const more = ids.length > most && ` and ${ids.length - most} more`;
  if (ids.length <= few) return html`<p>${joined(links, ', ')}</p>`;
  return html`<details><summary>${count(ids.length, 'check')}</summary><p>${joined(links, ', ')}${more}</p></details>`;
}
