import { styleText } from 'node:util';
import {
  byArea, byReason, countOutcomes, findingsOf, neverRan, repairedSentence, reservations, troubled, withOutcome,
} from '../model/explain.ts';
import { formatBytes, someIds } from '../model/format.ts';
import type { CheckResult, Finding, Outcome, Report } from '../model/report.ts';
import { sureLine } from '../model/sureness.ts';
import { clean, oneLine, shorten, shortLine, withoutCommands } from '../model/text.ts';
import { cut, wrapped } from '../model/width.ts';
import { decisionRows, decisionsTitle } from './decisions-table.ts';
import { absentBaseline, platformText, serverLine } from './identity.ts';
import { areaRemark } from './performance-table.ts';
import { timeSummary } from './timing.ts';
import { unknownSentence } from './unknown.ts';

/** How the summary is to look. */
type TerminalOptions = {
  readonly colour: boolean;
  /** Columns; text is wrapped, single words (paths) are not broken. */
  readonly width: number;
  /** Path of the Markdown report as the user can open it; left out when absent. */
  readonly reportFile?: string;
  /** The folder before each evidence path, so that it can be opened; default: the path in the report's own folder. */
  readonly evidenceFolder?: string;
};

type Style = Parameters<typeof styleText>[0];
type Look = TerminalOptions & { readonly paint: (style: Style, text: string) => string };

const labelWidth = 11;
const blockIndent = 7;
/** Of what was not applicable: so many reasons, and ids of each. */
const shownReasons = 6;
const shownIds = 12;
const colours = { pass: 'green', fail: 'red', inconclusive: 'yellow', 'not-applicable': 'none' } as const satisfies Record<Outcome, Style>;

/** What a person reads at the end of a run: header, areas, troubled checks with cause and remedy, and the verdict last. */
export function terminalSummary(report: Report, options: TerminalOptions): string {
  // The caller knows the stream; styleText would look at stdout, while the summary goes to stderr.
  const paint: Look['paint'] = (style, text) => (options.colour ? styleText(style, text, { validateStream: false }) : text);
  const look = { ...options, paint };
  const { outcome, sentence } = report.verdict;
  const blocks = [
    header(report, look).join('\n'),
    areaLines(report, look).join('\n'),
    decisionLines(report, look).join('\n'),
    ...troubledBlocks(report, look),
    ...report.findings.filter(({ explains }) => explains.length === 0).map(({ hazard, cause, remedy, source }) => [
      `  ${paint('yellow', 'NOTE')} ${oneLine(hazard)}   ${oneLine(cause)}`,
      labelled('do', remedy, blockIndent, look),
      labelled('seen in', source, blockIndent, look),
    ].join('\n')),
    ...[repairedSentence(report)].flatMap((text) => (text === undefined ? [] : [labelled('REPAIRED', text, 2, look)])),
    notApplicable(report, look).join('\n'),
    [
      labelled(outcome.toUpperCase(), sentence, 2, look, [colours[outcome], 'bold']),
      labelled('time', timeSummary(report), 2, look),
      ...(options.reportFile === undefined ? [] : [labelled('report', options.reportFile, 2, look)]),
    ].join('\n'),
  ];
  return `${withoutCommands(blocks.filter((block) => block !== '').join('\n\n'))}\n`;
}

function header(report: Report, look: Look): string[] {
  const { tool, server, subject, previous, baseline } = report;
  const executable = subject === null ? ['none was verified'] : [
    subject.file, formatBytes(subject.sizeBytes), `sha256 ${subject.sha256Before.slice(0, 12)}…`, subject.freezer ?? subject.format,
  ];
  const source = baseline === null ? absentBaseline(report) : `${baseline.directory} with Python ${baseline.pythonVersion}`;
  return [
    `frostgate ${[tool.version, platformText(report), serverLine(server)].map(oneLine).join('   ')}`,
    `subject    ${executable.map(oneLine).join('   ')}`,
    `baseline   ${oneLine(source)}`,
    ...(previous === undefined ? [] : [`previous   ${[
      previous.file, formatBytes(previous.sizeBytes), `sha256 ${previous.sha256.slice(0, 12)}…`,
    ].map(oneLine).join('   ')}`]),
    ...reservations(report).map((text) => labelled('note', text, 0, look)),
  ];
}

function areaLines(report: Report, { width, paint }: Look): string[] {
  const rows = byArea(report).map(
    ({ area, checks }) => ({ area, checks, counts: countOutcomes(checks), remark: areaRemark(report, area, checks) }),
  );
  const nameWidth = Math.max(0, ...rows.map(({ area }) => area.length));
  const countWidth = Math.max(0, ...rows.map(({ counts }) => counts.length));
  return rows.map(({ area, checks, counts, remark }) => {
    const start = `  ${area.padEnd(nameWidth)}   ${counts.padEnd(remark === '' ? 0 : countWidth)}`;
    const line = remark === '' ? start : `${start}   ${cut(remark, Math.max(20, width - start.length - 3))}`;
    const worst = (['fail', 'inconclusive'] as const).find((outcome) => checks.some((check) => check.outcome === outcome));
    return worst === undefined ? line : paint(colours[worst], line);
  });
}

function decisionLines(report: Report, look: Look): string[] {
  const rows = decisionRows(report);
  if (rows.length === 0) return [];
  return [`  ${decisionsTitle.toLowerCase()}`, ...rows.map(({ answer, sentence }) => (
    labelled(answer, sentence, 4, look, answer === 'pass' ? undefined : answer === 'fail' ? colours.fail : colours.inconclusive)
  ))];
}

function troubledBlocks(report: Report, look: Look): string[] {
  const told = new Set<Finding>();
  const groups = byReason(withOutcome(report.checks, 'inconclusive')).filter((group) => group.length > 1);
  const grouped = new Set(groups.flat());
  const missing = neverRan(report);
  return [
    ...troubled(report).filter((check) => !grouped.has(check)).map((check) => {
      const found = findingsOf(report, check.id);
      const news = found.filter((finding) => !told.has(finding));
      for (const finding of news) told.add(finding);
      const causes = found.map((finding) => `${finding.hazard}${news.includes(finding) ? `: ${finding.cause}` : ', as above'}`);
      return checkBlock(check, [...causes, ...[unknownSentence(report, check) ?? []].flat()], news, look);
    }),
    ...groups.map((group) => [
      `  ${outcomeWord('inconclusive', look)} ${group.length} checks   ${oneLine(someIds(group.map(({ id }) => id), 4))}`,
      labelled('reason', group[0]?.reason ?? '', blockIndent, look),
    ].join('\n')),
    ...(missing.length === 0 ? [] : [labelled('NEVER RAN', missing.join(', '), 2, look, 'yellow')]),
  ];
}

/** What was not applicable, by reason. What this machine has no eye for is named by the verdict. */
function notApplicable({ checks }: Report, look: Look): string[] {
  const groups = byReason(withOutcome(checks, 'not-applicable').filter(({ notLookedFor }) => notLookedFor === undefined));
  const more = groups.slice(shownReasons).flat();
  return [
    ...groups.slice(0, shownReasons).map((group) => (
      `${shortLine(someIds(group.map(({ id }) => id), shownIds), 800)}: ${shortLine(group[0]?.reason ?? 'it is not said why', 200)}`
    )),
    ...(more.length === 0 ? [] : [`${more.length} more, each with its reason in the report`]),
  ].map((text) => labelled('not applicable', text, 2, look));
}

function checkBlock(check: CheckResult, causes: readonly string[], news: readonly Finding[], look: Look): string {
  const folder = look.evidenceFolder === undefined ? '' : `${look.evidenceFolder}/`;
  const fields: (readonly [label: string, text: string | undefined])[] = [
    ['reason', check.reason],
    ['expected', check.expected],
    ['got', check.got],
    ...causes.map((cause) => ['why', cause] as const),
    ...news.flatMap((one) => [['do', one.remedy], ['sure', sureLine(one)], proofField(one.proof)] as const),
    ['do', check.remedy],
    ...check.evidence.map(({ path }) => ['evidence', `${folder}${path}`] as const),
  ];
  return [
    `  ${outcomeWord(check.outcome, look)} ${oneLine(check.id)}   ${oneLine(check.title)}`,
    ...fields.flatMap(([label, text]) => (text === undefined ? [] : [labelled(label, text, blockIndent, look)])),
  ].join('\n');
}

/** Under its remedy: `proved     with this change execution.retry passes`. */
function proofField(proof: Finding['proof']): readonly [label: string, text: string | undefined] {
  return proof?.outcome === 'proved' ? ['proved', proof.sentence] : ['tried', proof && `${proof.outcome}: ${proof.sentence}`];
}

function outcomeWord(outcome: Outcome, { paint }: Look): string {
  return paint([colours[outcome], 'bold'], outcome.toUpperCase());
}

/** A label, in a style if there is one, and its text in a hanging column. */
function labelled(label: string, text: string, indent: number, { width, paint }: Look, style?: Style): string {
  const column = Math.max(labelWidth, label.length + 3);
  const lines = wrapped(clean(shorten(text, 4000)), Math.max(30, width - indent - column));
  const painted = style === undefined ? label : paint(style, label);
  const start = `${' '.repeat(indent)}${painted}${' '.repeat(column - label.length)}`;
  return lines.map((line, index) => `${index === 0 ? start : ' '.repeat(indent + column)}${line}`.trimEnd()).join('\n');
}
