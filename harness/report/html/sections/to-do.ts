import { count } from '../../../model/format.ts';
import type { Finding, Report } from '../../../model/report.ts';
import { shorten } from '../../../model/text.ts';
import { html, type Markup } from '../markup.ts';
import { findingAnchor } from '../parts/anchor.ts';
import { lengths } from './section.ts';

const most = 5;

/** The remedies in one line each, those that explain most first; nothing when there is no finding. */
export function toDo({ findings }: Report): Markup | undefined {
  if (findings.length === 0) return undefined;
  return html`<div class="to-do"><h2>What to do</h2>
<ol>${findings.slice(0, most).map((finding, index) => html`<li>${remedyLine(finding)} <span class="muted"><a href="#${
  findingAnchor(index)}">${shorten(finding.hazard, lengths.name)}</a>, ${explained(finding)}</span></li>`)}</ol>${
    findings.length > most && html`<p>And <a href="#findings">${count(findings.length - most, 'more finding')}</a>.</p>`
  }</div>`;
}

/** The first line of the remedy; the rest is where the finding is told in full. */
function remedyLine({ remedy }: Finding): string {
  const [first = '', ...others] = remedy.trim().split('\n');
  return shorten(`${first}${others.length > 0 ? ' …' : ''}`, lengths.line);
}

function explained({ explains, proof }: Finding): string {
  const proved = proof?.outcome === 'proved' ? ', proved' : '';
  return explains.length === 0 ? 'explains no failed check' : `explains ${count(explains.length, 'check')}${proved}`;
}
