import type { CheckResult, Evidence, Report } from '../../../model/report.ts';
import { troubled } from '../../../model/explain.ts';
import { count } from '../../../model/format.ts';
import { shorten } from '../../../model/text.ts';
import { html, joined, type Markup } from '../markup.ts';
import { fileLink } from '../parts/file-link.ts';
import { fitEach } from '../parts/fit.ts';
import { logLines } from '../parts/log-lines.ts';
import { lengths, type Section } from './section.ts';

type Excerpt = NonNullable<Evidence['excerpt']>;
type Log = { readonly check: CheckResult; readonly evidence: Evidence; readonly excerpt: Excerpt };

const budgetBytes = 250_000;

/**
 * What the checks that did not pass left behind: numbered lines, those that tell the cause marked; unfolded where a cause is told first.
 */
export const logs: Section = {
  id: 'logs',
  title: 'Logs of failed checks',
  render(report) {
    const all = logsOf(report);
    if (all.length === 0) return undefined;
    const told = new Set<string>();
    const { shown, omitted } = fitEach(all, budgetBytes, (log) => {
      const hazards = hazardsOf(log.excerpt);
      const first = hazards.some((hazard) => !told.has(hazard));
      for (const hazard of hazards) told.add(hazard);
      return block(log, first);
    });
    return joined([...shown, omitted > 0 && html`<p>${count(omitted, 'more log')}: see the folder <code>evidence</code>.</p>`], '\n');
  },
};

function logsOf(report: Report): Log[] {
  return troubled(report).flatMap((check) =>
    check.evidence.flatMap((evidence) => {
      const { excerpt } = evidence;
      return excerpt === undefined || excerpt.length === 0 ? [] : [{ check, evidence, excerpt }];
    }),
  );
}

function hazardsOf(excerpt: Excerpt): string[] {
  return [...new Set(excerpt.flatMap(({ hazard }) => hazard ?? []))];
}

function block({ check, evidence, excerpt }: Log, open: boolean): Markup {
  const hazards = hazardsOf(excerpt).slice(0, 5).map((hazard) => shorten(hazard, 40));
  const tells = hazards.length > 0 ? `, tells ${hazards.join(', ')}` : '';
  return html`<details class="area"${open && html` open=""`}><summary><h3><code>${
    shorten(check.id, lengths.name)}</code></h3> <span class="muted">${shorten(evidence.title, lengths.name)}${tells}</span></summary>
${logLines(excerpt)}
<p class="small">${count(excerpt.length, 'line')} of ${fileLink(shorten(evidence.path, lengths.line), evidence.path)}</p></details>`;
}
