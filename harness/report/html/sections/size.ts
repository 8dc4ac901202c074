import { contentsSentence } from '../../size-rows.ts';
import { shorten } from '../../../model/text.ts';
import { html } from '../markup.ts';
import { sizesByDistribution } from '../parts/sizes.ts';
import { lengths, type Section } from './section.ts';

/** What was bundled, and what of it is heavy. */
export const size: Section = {
  id: 'size',
  title: 'Size by distribution',
  render({ contents }) {
    if (contents === null) return undefined;
    return html`<p>${shorten(contentsSentence(contents), lengths.line)}.</p>
${sizesByDistribution(contents)}`;
  },
};
