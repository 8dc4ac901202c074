import { proofLine } from '../../../model/explain.ts';
import { count } from '../../../model/format.ts';
import type { Finding } from '../../../model/report.ts';
import { excerpt, shorten } from '../../../model/text.ts';
import { html, joined, type Markup } from '../markup.ts';
import { findingAnchor } from '../parts/anchor.ts';
import { codeBlock } from '../parts/code-block.ts';
import { definitions } from '../parts/definitions.ts';
import { fileLink } from '../parts/file-link.ts';
import { fitEach } from '../parts/fit.ts';
import { idList } from '../parts/id-list.ts';
import { lengths, type Section } from './section.ts';

const budgetBytes = 120_000;

/** Diagnosed defects: what to do, then why, then the line that gave it away. */
export const findings: Section = {
  id: 'findings',
  title: 'Findings',
  render({ findings: found }) {
    if (found.length === 0) return undefined;
    const { shown, omitted } = fitEach(found, budgetBytes, card);
    return joined([...shown, omitted > 0 && html`<p>${count(omitted, 'more finding')}: see report.json.</p>`], '\n');
  },
};

function card(finding: Finding, index: number): Markup {
  const { hazard, cause, remedy, line, source, explains } = finding;
  const proof = proofLine(finding);
  const rows = [
    ['Do', codeBlock(shorten(remedy, 2 * lengths.text))],
    ...(proof === undefined ? [] : [['Tried', shorten(proof, lengths.text)] as const]),
    ['Cause', shorten(cause, lengths.text)],
    ['Explains', explains.length > 0 ? idList(explains) : 'no failed check'],
    ['Telling line', [
      codeBlock(shorten(excerpt(line), lengths.text)), html`<p class="small">in ${fileLink(shorten(source, lengths.line), source)}</p>`,
    ]],
  ] as const;
  return html`<article class="card" id="${findingAnchor(index)}"><h3>${shorten(hazard, lengths.name)}</h3>
${definitions(rows)}</article>`;
}
