import { areaRemark } from './area-remark.ts';
import { styleText } from 'node:util';
import { byArea, byReason, countOutcomes, findingsOf, neverRan, reservations, troubled, withOutcome } from '../model/explain.ts';
import { formatBytes, someIds } from '../model/format.ts';
import { serverLine } from './identity.ts';
import type { CheckResult, Finding, Report } from '../model/report.ts';
import { clean, oneLine, shorten } from '../model/text.ts';
import { cut, wrapped } from '../model/width.ts';
import { timeSummary } from './timing.ts';
import { withoutCommands } from './workflow-commands.ts';

/** How the summary is to look. */
export type TerminalOptions = {
  readonly colour: boolean;
  /** Columns; text is wrapped, single words (paths) are not broken. */
  readonly width: number;
  /** Path of the Markdown report as the user can open it; left out when absent. */
  readonly reportFile?: string;
  /** The folder before each evidence path, so that it can be opened; default: the path in the report's own folder. */
  readonly evidenceFolder?: string;
};

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;
const labelWidth = 11;
const blockIndent = 7;

/** What a person reads at the end of a run: header, areas, troubled checks with cause and remedy, and the verdict last. */
export function terminalSummary(report: Report, options: TerminalOptions): string {
  // The caller knows the stream; styleText would look at stdout, while the summary goes to stderr.
  const paint: Paint = options.colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
  const blocks = [
    header(report, options).join('\n'),
    areaLines(report, options, paint).join('\n'),
    ...troubledBlocks(report, options, paint),
    ...report.findings.filter(({ explains }) => explains.length === 0).map((finding) => noteBlock(finding, options, paint)),
    verdictBlock(report, options, paint).join('\n'),
  ];
  return `${withoutCommands(blocks.filter((block) => block !== '').join('\n\n'))}\n`;
}

function header(report: Report, options: TerminalOptions): string[] {
  const { subject, baseline, baselineAbsent } = report;
  const lines = [
    `frostgate ${oneLine(report.tool.version)}   ${oneLine(report.platform.id)}   ${oneLine(serverLine(report.server))}`,
    ...(subject === null
      ? ['subject    none was verified']
      : [`subject    ${[subject.file, formatBytes(subject.sizeBytes), `sha256 ${
        subject.sha256Before.slice(0, 12)}…`, subject.freezer ?? subject.format].map(oneLine).join('   ')}`]),
    `baseline   ${oneLine(baseline === null ? `none: ${baselineAbsent ?? 'no reason given'}` : `${baseline.directory} with Python ${
      baseline.pythonVersion}`)}`,
  ];
  return [...lines, ...reservations(report).map((text) => labelled('note', text, 0, options))];
}

function areaLines(report: Report, options: TerminalOptions, paint: Paint): string[] {
  const rows = byArea(report).map(
    ({ area, checks }) => ({ area, checks, counts: countOutcomes(checks), remark: areaRemark(report, area, checks) }),
  );
  const nameWidth = Math.max(0, ...rows.map(({ area }) => area.length));
  const countWidth = Math.max(0, ...rows.map(({ counts }) => counts.length));
  return rows.map(({ area, checks, counts, remark: text }) => {
    const plainStart = `  ${area.padEnd(nameWidth)}   ${counts.padEnd(text === '' ? 0 : countWidth)}`;
    const line = `${plainStart}${text === '' ? '' : `   ${cut(text, Math.max(20, options.width - plainStart.length - 3))}`}`;
    const colour = worstColour(checks);
    return colour === undefined ? line : paint(colour, line);
  });
}

function worstColour(checks: readonly CheckResult[]): 'red' | 'yellow' | undefined {
  if (checks.some(({ outcome }) => outcome === 'fail')) return 'red';
  return checks.some(({ outcome }) => outcome === 'inconclusive') ? 'yellow' : undefined;
}

function troubledBlocks(report: Report, options: TerminalOptions, paint: Paint): string[] {
  const told = new Set<Finding>();
  const groups = byReason(withOutcome(report.checks, 'inconclusive')).filter((group) => group.length > 1);
  const grouped = new Set(groups.flat());
  const alone = troubled(report).filter((check) => !grouped.has(check));
  const blocks = alone.map((check) => {
    const found = findingsOf(report, check.id);
    const causes = found.map((finding) => (told.has(finding) ? `${finding.hazard}, as above` : `${finding.hazard}: ${finding.cause}`));
    const news = found.filter((finding) => !told.has(finding));
    for (const finding of found) told.add(finding);
    return checkBlock(check, causes, news, options, paint);
  });
  blocks.push(...groups.map((group) => groupBlock(group, options, paint)));
  const missing = neverRan(report);
  return missing.length === 0 ? blocks : [...blocks, labelled(paint('yellow', 'NEVER RAN'), missing.join(', '), 2, options, 'NEVER RAN')];
}

function groupBlock(group: readonly CheckResult[], options: TerminalOptions, paint: Paint): string {
  const word = paint(['yellow', 'bold'], 'INCONCLUSIVE');
  const ids = someIds(group.map(({ id }) => id), 4);
  return [
    `  ${word} ${group.length} checks   ${oneLine(ids)}`, labelled('reason', group[0]?.reason ?? '', blockIndent, options),
  ].join('\n');
}

function checkBlock(check: CheckResult, causes: string[], news: readonly Finding[], options: TerminalOptions, paint: Paint): string {
  const word = check.outcome === 'fail' ? paint(['red', 'bold'], 'FAIL') : paint(['yellow', 'bold'], 'INCONCLUSIVE');
  const field = (label: string, texts: readonly (string | undefined)[]) =>
    texts.filter((text) => text !== undefined).map((text) => labelled(label, text, blockIndent, options));
  const folder = options.evidenceFolder === undefined ? '' : `${options.evidenceFolder}/`;
  return [
    `  ${word} ${oneLine(check.id)}   ${oneLine(check.title)}`,
    ...field('reason', [check.reason]),
    ...field('expected', [check.expected]),
    ...field('got', [check.got]),
    ...field('why', causes),
    ...news.flatMap((finding) => [labelled('do', finding.remedy, blockIndent, options), ...proofOf(finding, options)]),
    ...field('do', [check.remedy]),
    ...field('evidence', check.evidence.map(({ path }) => `${folder}${path}`)),
  ].join('\n');
}

/** Under its remedy: `proved     with this change execution.retry passes`. */
function proofOf({ proof }: Finding, options: TerminalOptions): string[] {
  if (proof === undefined) return [];
  return [proof.outcome === 'proved' ? labelled('proved', proof.sentence, blockIndent, options) : labelled(
    'tried', `${proof.outcome}: ${proof.sentence}`, blockIndent, options,
  )];
}

function noteBlock(finding: Finding, options: TerminalOptions, paint: Paint): string {
  return [
    `  ${paint('yellow', 'NOTE')} ${oneLine(finding.hazard)}   ${oneLine(finding.cause)}`,
    labelled('do', finding.remedy, blockIndent, options),
    labelled('seen in', finding.source, blockIndent, options),
  ].join('\n');
}

function verdictBlock(report: Report, options: TerminalOptions, paint: Paint): string[] {
  const colours = { pass: 'green', fail: 'red', inconclusive: 'yellow' } as const;
  const { outcome, sentence } = report.verdict;
  const word = outcome.toUpperCase();
  const lines = [
    labelled(paint([colours[outcome], 'bold'], word), sentence, 2, options, word),
    labelled('time', timeSummary(report), 2, options),
  ];
  return options.reportFile === undefined ? lines : [...lines, labelled('report', options.reportFile, 2, options)];
}

/** A label and its text in a hanging column. `shown` is the label without colour, where the label has some. */
function labelled(label: string, text: string, indent: number, { width }: TerminalOptions, shown = label): string {
  const column = Math.max(labelWidth, shown.length + 3);
  const lines = wrapped(clean(shorten(text, 4000)), Math.max(30, width - indent - column));
  const start = `${' '.repeat(indent)}${label}${' '.repeat(column - shown.length)}`;
  return lines.map((line, index) => `${index === 0 ? start : ' '.repeat(indent + column)}${line}`.trimEnd()).join('\n');
}
