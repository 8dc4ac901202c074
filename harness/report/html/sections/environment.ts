import { identityRows } from '../../identity.ts';
import { shorten } from '../../../model/text.ts';
import { html, joined } from '../markup.ts';
import { definitions } from '../parts/definitions.ts';
import { lengths, type Section } from './section.ts';

/** Everything that is known about the binary, the machine and the counterparts. */
export const environment: Section = {
  id: 'environment',
  title: 'Environment',
  render(report) {
    const rows = identityRows(report).map(([label, value]) => [label, shorten(value, lengths.line)] as const);
    // As text, not as a link: the page leads nowhere but to its own folder.
    const run = report.platform.runUrl === undefined ? [] : [['CI run', shorten(report.platform.runUrl, lengths.line)] as const];
    return joined([definitions([...rows, ...run]) ?? html``]);
  },
};
