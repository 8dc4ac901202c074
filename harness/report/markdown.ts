import { decisionBlocks, findingBlocks, type Depth } from './decision-markdown.ts';
import { byArea, countOutcomes, reservations } from '../model/explain.ts';
import { formatBytes, formatDuration, formatValue } from '../model/format.ts';
import { identityRows } from './identity.ts';
import { code, fenced, fileLink, plain, plainOrDash, section, table } from './markdown-escape.ts';
import type { CheckResult, Report } from '../model/report.ts';
import { performanceRows } from './performance-table.ts';
import { shellLine } from './shell-line.ts';
import { contentsSentence, formatShare, sizeRows } from './size-rows.ts';
import { shorten } from '../model/text.ts';
import { timeSummary } from './timing.ts';

/** The heaviest; all of them are in report.json, and a dozen in report.html. */
const bundledRows = 6;
const depth: Depth = { excerpts: true, links: true, heading: '###' };

/**
 * The platform validation report: the verdict and what decided it first, then the proof. Everything that came from the subject is escaped.
 */
export function markdown(report: Report): string {
  const { outcome, sentence } = report.verdict;
  const name = report.contract?.worker ?? report.subject?.file ?? 'no executable';
  const parts = [
    `# Platform validation report: ${plain(name)}, ${plain(report.platform.id)}`,
    `**${outcome.toUpperCase()}** ${plain(sentence)}`,
    reservations(report).map((text) => `> **Note** ${plainOrDash(text)}`).join('\n>\n'),
    section('##', 'What decided it', decisionBlocks(report, depth).join('\n\n')),
    section('##', 'Findings', findingBlocks(report.findings, depth).join('\n\n')),
    `## What was verified\n\n${table(['', ''], identityRows(report).map(([label, value]) => [plain(label), plain(value)]))}`,
    bundled(report),
    performance(report),
    `## Checks\n\n${byArea(report).map(({ area, checks }) => areaSection(area, checks)).join('\n\n')}`,
    section('##', 'What was not verified', report.notVerified.map((text) => `- ${plainOrDash(text)}`).join('\n')),
    time(report),
    section('##', 'Reproduce', fenced(shellLine(report.tool.commandLine), 'sh')),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function bundled({ contents }: Report): string {
  if (contents === null) return '';
  const rows = sizeRows(contents, bundledRows).map(({ name, version, storedBytes, extractedBytes, share }) => [
    plainOrDash(shorten(name, 100)),
    version === undefined ? '' : plain(shorten(version, 40)),
    formatBytes(storedBytes),
    formatBytes(extractedBytes),
    formatShare(share),
  ]);
  const sizes = rows.length === 0 ? '' : `\n\n${table(['distribution', 'version', 'stored', 'unpacked', 'share'], rows)}`;
  return section('##', 'What was bundled', `${plain(contentsSentence(contents))}.${sizes}`);
}

function performance(report: Report): string {
  const rows = performanceRows(report);
  if (rows.length === 0) return '';
  const compared = rows.some((row) => row.previous !== '–');
  const optional = <Value>(value: Value) => (compared ? [value] : []);
  return section(
    '##', 'Performance',
    table(
      ['metric', 'value', 'baseline', ...optional('previous'), 'limit', 'status'],
      rows.map((row) => [row.metric, row.value, row.baseline, ...optional(row.previous), row.limit, row.status].map(plain)),
    ) + '\n\nMedian ± spread (median absolute deviation × 1.4826), n = number of samples. 1 MB = 1,000,000 bytes.',
  );
}

function areaSection(area: string, checks: readonly CheckResult[]): string {
  const rows = checks.map((check) => [
    code(check.id),
    check.outcome,
    plain(check.title),
    number(check.value, check.unit),
    number(check.limit, check.unit),
    plain(shorten(check.reason ?? check.note ?? '', 500)),
    evidence(check),
  ]);
  const header = ['check', 'outcome', 'promise', 'value', 'limit', 'remark', 'evidence'];
  return `### ${area}: ${countOutcomes(checks)}\n\n${table(header, rows)}`;
}

function number(value: number | undefined, unit: string | undefined): string {
  return value === undefined ? '' : plain(formatValue(value, unit));
}

function evidence(check: CheckResult): string {
  return check.evidence.map(({ title, path }) => fileLink(title, path)).join(', ');
}

function time(report: Report): string {
  const rows = report.tool.phases.map(({ name, durationMs }) => [plain(name), formatDuration(durationMs)]);
  const memory = `The harness held at most ${formatBytes(report.tool.peakResidentBytes)} of memory.`;
  const summary = `${timeSummary(report)}. ${memory}`;
  return section('##', 'Where the time went', rows.length === 0 ? summary : `${summary}\n\n${table(['phase', 'time'], rows)}`);
}
