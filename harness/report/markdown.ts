import { byArea, countOutcomes, repairedSentence, reservations } from '../model/explain.ts';
import { formatBytes, formatDuration, formatValue } from '../model/format.ts';
import type { CheckResult, Report } from '../model/report.ts';
import { shorten } from '../model/text.ts';
import { decisionsTable, decisionsTitle } from './decisions-table.ts';
import { decisionBlocks, findingBlocks, type Depth } from './decision-markdown.ts';
import { identityRows, nameOf, platformText } from './identity.ts';
import { code, fenced, fileLink, plain, plainOrDash, section, table } from './markdown-escape.ts';
import { performanceLegend, performanceTable } from './performance-table.ts';
import { shellLine } from './shell-line.ts';
import { contentsSentence, formatShare, sizeRows } from './size-rows.ts';
import { timeSentences } from './timing.ts';

/** The heaviest; all of them are in report.json, and a dozen in report.html. */
const bundledRows = 6;
const depth: Depth = { excerpts: true, links: true, heading: '###' };

/** The platform validation report: the verdict and what decided it, then the proof. All that came from the subject is escaped. */
export function markdown(report: Report): string {
  const { verdict: { outcome, sentence }, tool } = report;
  const phases = tool.phases.map(({ name, durationMs }) => [plain(name), formatDuration(durationMs)]);
  const parts = [
    `# Platform validation report: ${plain(nameOf(report))}, ${plain(platformText(report))}`,
    `**${outcome.toUpperCase()}** ${plain(sentence)}`,
    reservations(report).map((text) => `> **Note** ${plainOrDash(text)}`).join('\n>\n'),
    section('##', 'What decided it', decisionBlocks(report, depth).join('\n\n')),
    section('##', 'Findings', [
      ...findingBlocks(report.findings, depth), ...[repairedSentence(report) ?? []].flat().map(plain),
    ].join('\n\n')),
    section('##', 'What was verified', table(['', ''], identityRows(report).map((row) => row.map(plain)))),
    section('##', 'What was bundled', bundled(report)),
    section('##', 'Performance', performance(report)),
    section('##', decisionsTitle, besideLastRelease(report)),
    `## Checks\n\n${byArea(report).map(({ area, checks }) => areaSection(area, checks)).join('\n\n')}`,
    section('##', 'What was not verified', report.notVerified.map((text) => `- ${plainOrDash(text)}`).join('\n')),
    section('##', 'Where the time went', timeSentences(report) + (phases.length === 0 ? '' : `\n\n${table(['phase', 'time'], phases)}`)),
    section('##', 'Reproduce', fenced(shellLine(tool.commandLine), 'sh')),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function bundled({ contents }: Report): string {
  if (contents === null) return '';
  const rows = sizeRows(contents, bundledRows).map(({ name, version = '', storedBytes, extractedBytes, share }) => [
    plainOrDash(shorten(name, 100)), plain(shorten(version, 40)), formatBytes(storedBytes), formatBytes(extractedBytes), formatShare(share),
  ]);
  const sizes = rows.length === 0 ? '' : `\n\n${table(['distribution', 'version', 'stored', 'unpacked', 'share'], rows)}`;
  return `${plain(contentsSentence(contents))}.${sizes}`;
}

function performance(report: Report): string {
  const { header, rows } = performanceTable(report);
  return rows.length === 0 ? '' : `${table(header, rows.map((row) => row.map(plain)))}\n\n${performanceLegend}`;
}

function besideLastRelease(report: Report): string {
  const { header, rows } = decisionsTable(report);
  return rows.length === 0 ? '' : table(header, rows.map((row) => row.map(plain)));
}

function areaSection(area: string, checks: readonly CheckResult[]): string {
  const rows = checks.map(({ id, outcome, title, value, limit, unit, reason, note, evidence }) => [
    code(id),
    outcome,
    plain(title),
    number(value, unit),
    number(limit, unit),
    plain(shorten(reason ?? note ?? '', 500)),
    evidence.map((file) => fileLink(file.title, file.path)).join(', '),
  ]);
  const header = ['check', 'outcome', 'promise', 'value', 'limit', 'remark', 'evidence'];
  return `### ${area}: ${countOutcomes(checks)}\n\n${table(header, rows)}`;
}

function number(value: number | undefined, unit: string | undefined): string {
  return value === undefined ? '' : plain(formatValue(value, unit));
}
