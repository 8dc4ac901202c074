import { byArea, findingsOf, neverRan, reservations, withOutcome } from '../model/explain.ts';
import { count, formatBytes } from '../model/format.ts';
import type { CheckResult, Outcome, Report } from '../model/report.ts';
import { shorten } from '../model/text.ts';
import { troubledGroups } from './cases.ts';
import { codes, decisionBlocks, findingBlocks, type Depth } from './decision-markdown.ts';
import { identityRows, nameOf, platformText } from './identity.ts';
import { code, plain, plainOrDash, section, table } from './markdown-escape.ts';
import { areaRemark, nothing, performanceRows } from './performance-table.ts';
import { timeSummary } from './timing.ts';

/** GitHub refuses all of a step's summaries above 1,024 KiB; several reports must fit into one step. */
const budgetBytes = 200_000;

type Extent = Depth & {
  /** Each check in full, and remarks on the areas. */
  readonly remarks: boolean;
  /** How many lines and findings are told of. */
  readonly most: number;
};

const everything: Extent = { excerpts: true, links: false, heading: '####', remarks: true, most: Infinity };
/** What is told, from all to the verdict alone; the first that fits is taken. */
const extents: readonly Extent[] = [
  everything,
  { ...everything, excerpts: false },
  { ...everything, remarks: false },
  { ...everything, remarks: false, most: 30 },
  { ...everything, remarks: false, most: 0 },
];

const marks = { pass: '✅', fail: '❌', inconclusive: '⚠️' } as const;

/**
 * The report for GitHub's job summary ($GITHUB_STEP_SUMMARY), from the verdict to what was not verified. At most 200,000 bytes: excerpts go
 * first, then remarks, then checks; the verdict stays.
 */
export function jobSummary(report: Report): string {
  for (const extent of extents) {
    const text = summary(report, extent);
    if (Buffer.byteLength(text) <= budgetBytes) return text;
  }
  return `${heading(report)}\n`;
}

function summary(report: Report, extent: Extent): string {
  const { remarks, most } = extent;
  const whole = most > 0;
  const identity = identityRows(report).map(([label, value]) => [plain(label), plain(shorten(value, 500))]);
  const parts = [
    heading(report),
    ...(whole ? limited(reservations(report), most, (text) => `> **Note** ${text}`) : []),
    section('###', 'What decided it', whole ? decided(report, most) : ''),
    section('###', 'Findings', whole ? findingBlocks(report.findings.slice(0, most), extent).join('\n\n') : ''),
    section('###', 'Areas', areaTable(report, remarks)),
    section('###', 'Performance', whole ? performanceBars(report) : ''),
    section('###', 'What was not verified', whole ? limited(report.notVerified, most, (text) => `- ${text}`).join('\n') : ''),
    remarks ? folded('Each check that did not pass', decisionBlocks(report, extent).join('\n\n')) : '',
    whole ? folded('What was verified', table(['', ''], identity)) : '',
    extent === everything ? `${timeSummary(report)}.` : 'This summary is cut, because GitHub limits its size; `report.md` has it all.',
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function heading(report: Report): string {
  const { verdict: { outcome, sentence }, subject } = report;
  const about = `${plainOrDash(shorten(nameOf(report), 200))}, ${plain(shorten(platformText(report), 200))}`;
  const executable = subject === null ? 'No executable was verified.' : `${code(shorten(subject.file, 500))}, ` +
    `${formatBytes(subject.sizeBytes)}, sha256 ${code(subject.sha256Before)}`;
  return [`## ${marks[outcome]} ${outcome.toUpperCase()}: ${about}`, plainOrDash(shorten(sentence, 2000)), executable].join('\n\n');
}

function folded(title: string, body: string): string {
  return body === '' ? '' : `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

function limited(texts: readonly string[], most: number, shape: (text: string) => string): string[] {
  const rest = texts.length > most ? [shape(`and ${texts.length - most} more`)] : [];
  return [...texts.slice(0, most).map((text) => shape(plainOrDash(shorten(text, 1000)))), ...rest];
}

/** What did not pass, one line each; checks that could not be judged for one reason share a line. */
function decided(report: Report, most: number): string {
  const missing = neverRan(report);
  const rows = [
    ...troubledGroups(report).map((group) => [codes(group.map(({ id }) => id), 3), group[0]?.outcome ?? '', why(report, group)]),
    ...(missing.length === 0 ? [] : [[codes(missing, 10), 'never ran', '']]),
  ];
  if (rows.length === 0) return '';
  const rest = rows.length > most ? `\n\nand ${count(rows.length - most, 'line')} more` : '';
  return table(['check', 'outcome', 'why'], rows.slice(0, most)) + rest;
}

function why(report: Report, [check]: readonly CheckResult[]): string {
  if (check === undefined) return '';
  const found = findingsOf(report, check.id).map(({ hazard }) => `${code(shorten(hazard, 50))} `);
  return `${found.join('')}${plain(shorten(check.reason ?? check.title, 300))}`;
}

function areaTable(report: Report, remarks: boolean): string {
  const rows = byArea(report).map(({ area, checks }) => {
    const number = (outcome: Outcome) => String(withOutcome(checks, outcome).length).replace(/^0$/, '');
    const remark = remarks ? [plain(shorten(areaRemark(report, area, checks), 300))] : [];
    return [area, number('pass'), number('fail'), number('inconclusive'), number('not-applicable'), ...remark];
  });
  const header = ['area', 'passed', 'failed', 'inconclusive', 'not applicable', ...(remarks ? ['remark'] : [])];
  return rows.length === 0 ? '' : table(header, rows);
}

/** The performance table with bars, because GitHub strips pictures and styles from a summary. Empty without measurements. */
function performanceBars(report: Report): string {
  const rows = performanceRows(report).filter(({ value }) => value !== nothing).map(
    ({ metric, value, share, limit, baseline, status }) =>
      [plain(metric), plain(value), share === undefined ? nothing : bar(share), plain(limit), plain(baseline), plain(status)],
  );
  return rows.length === 0 ? '' : table(['metric', 'value', 'of the limit', 'limit', 'baseline', 'status'], rows);
}

/** `████░░░░░░ 43 %` on one line, with no-break spaces; a full bar for the limit and all above it. */
export function bar(share: number): string {
  if (!Number.isFinite(share) || share < 0) return nothing;
  const full = Math.min(10, Math.round(share * 10));
  return `${'█'.repeat(full)}${'░'.repeat(10 - full)}\u00A0${Math.round(share * 100)}\u00A0%`;
}
