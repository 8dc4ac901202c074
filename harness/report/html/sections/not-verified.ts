import { shorten } from '../../../model/text.ts';
import { html } from '../markup.ts';
import { lengths, type Section } from './section.ts';

/** What this report does not prove. */
export const notVerified: Section = {
  id: 'not-verified',
  title: 'What was not verified',
  render({ notVerified: sentences }) {
    if (sentences.length === 0) return undefined;
    return html`<ul>${sentences.slice(0, 30).map((sentence) => html`<li>${shorten(sentence, lengths.line)}</li>`)}</ul>`;
  },
};
