import { formatDuration } from '../../model/format.ts';
import type { Report } from '../../model/report.ts';
import { shorten } from '../../model/text.ts';
import { decisionsTitle } from '../decisions-table.ts';
import { identityRows, nameOf, platformText } from '../identity.ts';
import { shellLine } from '../shell-line.ts';
import { contentsSentence } from '../size-rows.ts';
import { timeSentences } from '../timing.ts';
import { page } from './document.ts';
import { html, joined, type Markup } from './markup.ts';
import { dataTable } from './parts/data-table.ts';
import { codeBlock, definitions, lengths, section } from './parts/parts.ts';
import { sizesByDistribution } from './parts/sizes.ts';
import { checks, shutdown } from './sections/checks.ts';
import { decisions } from './sections/decisions.ts';
import { findings, trouble } from './sections/decision.ts';
import { head } from './sections/head.ts';
import { logs } from './sections/logs.ts';
import { measurements, memory } from './sections/measurements.ts';
import { startUp } from './sections/start-up.ts';

/**
 * The page below its head, in order: what decides, then the proof, then the circumstances. A new section is one line here; where a report
 * has nothing for it, it is undefined and does not appear.
 */
const sections: readonly (readonly [id: string, title: string, render: (report: Report) => Markup | undefined])[] = [
  ['decision', 'What decided it', trouble],
  ['findings', 'Findings', findings],
  ['logs', 'Logs of failed checks', logs],
  ['checks', 'Checks by area', checks],
  ['shutdown', 'Shutdown', shutdown],
  ['start-up', 'Start-up', startUp],
  ['measurements', 'Measurements', measurements],
  ['decisions', decisionsTitle, decisions],
  ['memory', 'Memory over time', memory],
  ['size', 'Size by distribution', size],
  ['not-verified', 'What was not verified', notVerified],
  ['time', 'Where the time went', time],
  ['environment', 'Environment', environment],
  ['reproduce', 'Reproduce', reproduce],
];

/** One report as one page: the verdict and what was verified first, then every section that has data. */
export function htmlReport(report: Report): string {
  const filled = sections.map(([id, title, render]) => ({ id, title, body: section(id, title, render(report)) }))
    .filter(({ body }) => body !== undefined);
  return page({
    title: `${report.verdict.outcome}: ${nameOf(report)}, ${platformText(report)}`,
    navigation: filled,
    body: joined([head(report), ...filled.map(({ body }) => body)], '\n'),
    files: ['report.json', 'report.md', 'report.xml', 'report.txt'],
  });
}

/** What was bundled, and what of it is heavy. */
export function size({ contents }: Report): Markup | undefined {
  return contents === null ? undefined : html`<p>${shorten(contentsSentence(contents), lengths.line)}.</p>
${sizesByDistribution(contents)}`;
}

/** What this report does not prove. */
function notVerified({ notVerified: sentences }: Report): Markup | undefined {
  if (sentences.length === 0) return undefined;
  return html`<ul>${sentences.slice(0, 30).map((sentence) => html`<li>${shorten(sentence, lengths.line)}</li>`)}</ul>`;
}

/** How long the run took, by phase. */
function time(report: Report): Markup {
  const rows = report.tool.phases.slice(0, 30).map(
    ({ name, durationMs }) => ({ cells: [shorten(name, lengths.name), formatDuration(durationMs)] }),
  );
  const columns = [{ title: 'phase' }, { title: 'time', align: 'right' as const }];
  return html`<p>${timeSentences(report)}</p>
${rows.length > 0 && dataTable({ caption: 'Duration of each phase of the run', quiet: true, columns, rows, narrow: 'fits' })}`;
}

/** Everything that is known about the binary, the machine and the counterparts. */
function environment(report: Report): Markup | undefined {
  const { runUrl } = report.platform;
  // As text, not as a link: the page leads nowhere but to its own folder.
  const run = runUrl !== undefined && shorten(runUrl, lengths.line);
  return definitions([...identityRows(report).map(([label, value]) => [label, shorten(value, lengths.line)] as const), ['CI run', run]]);
}

/** The command that gave this report. */
function reproduce({ tool }: Report): Markup | undefined {
  return tool.commandLine.length === 0 ? undefined : codeBlock(shorten(shellLine(tool.commandLine), 8_000));
}
