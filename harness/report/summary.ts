import { areaRemark } from './area-remark.ts';
import { codes, decisionBlocks, findingBlocks, type Depth } from './decision-markdown.ts';
import { byArea, byReason, findingsOf, neverRan, reservations, withOutcome } from '../model/explain.ts';
import { count, formatBytes } from '../model/format.ts';
import { identityRows } from './identity.ts';
import { code, plain, plainOrDash, section, table } from './markdown-escape.ts';
import type { CheckResult, Outcome, Report } from '../model/report.ts';
import { performanceBars } from './summary-performance.ts';
import { shorten } from '../model/text.ts';
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
 * The report for GitHub's job summary ($GITHUB_STEP_SUMMARY): verdict, executable, what failed, findings with their remedies, areas,
 * performance against the limits, what was not verified. At most 200,000 bytes: excerpts go first, then remarks, then checks; the verdict
 * stays.
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
  const parts = [
    heading(report),
    ...(whole ? limited(reservations(report), most, (text) => `> **Note** ${text}`) : []),
    section('###', 'What decided it', whole ? decided(report, most) : ''),
    section('###', 'Findings', whole ? findingBlocks(report.findings.slice(0, most), extent).join('\n\n') : ''),
    section('###', 'Areas', areaTable(report, remarks)),
    section('###', 'Performance', whole ? performanceBars(report) : ''),
    section('###', 'What was not verified', whole ? limited(report.notVerified, most, (text) => `- ${text}`).join('\n') : ''),
    remarks ? folded('Each check that did not pass', decisionBlocks(report, extent).join('\n\n')) : '',
    whole ? folded('What was verified', identity(report)) : '',
    extent === everything ? `${timeSummary(report)}.` : 'This summary is cut, because GitHub limits its size; `report.md` has it all.',
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function heading({ verdict: { outcome, sentence }, contract, subject, platform }: Report): string {
  const name = contract?.worker ?? subject?.file ?? 'no executable';
  const title = `## ${marks[outcome]} ${outcome.toUpperCase()}: ${plainOrDash(shorten(name, 200))}, ${plain(shorten(platform.id, 200))}`;
  const executable = subject === null ? 'No executable was verified.' : `${code(shorten(subject.file, 500))}, ` +
    `${formatBytes(subject.sizeBytes)}, sha256 ${code(subject.sha256Before)}`;
  return [title, plainOrDash(shorten(sentence, 2000)), executable].join('\n\n');
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
    ...withOutcome(report.checks, 'fail').map((check) => [codes([check.id], 1), 'fail', why(report, check)]),
    ...byReason(withOutcome(report.checks, 'inconclusive')).map(
      (group) => [codes(group.map(({ id }) => id), 3), 'inconclusive', group[0] === undefined ? '' : why(report, group[0])],
    ),
    ...(missing.length === 0 ? [] : [[codes(missing, 10), 'never ran', '']]),
  ];
  if (rows.length === 0) return '';
  const rest = rows.length > most ? `\n\nand ${count(rows.length - most, 'line')} more` : '';
  return table(['check', 'outcome', 'why'], rows.slice(0, most)) + rest;
}

function why(report: Report, check: CheckResult): string {
  const found = findingsOf(report, check.id).map(({ hazard }) => `${code(shorten(hazard, 50))} `);
  return `${found.join('')}${plain(shorten(check.reason ?? check.title, 300))}`;
}

function areaTable(report: Report, remarks: boolean): string {
  const optional = <Value>(value: Value) => (remarks ? [value] : []);
  const rows = byArea(report).map(({ area, checks }) => {
    const number = (outcome: Outcome) => String(withOutcome(checks, outcome).length).replace(/^0$/, '');
    return [area, number('pass'), number('fail'), number('inconclusive'), number('not-applicable'), ...optional(
      plain(shorten(areaRemark(report, area, checks), 300)),
    )];
  });
  return rows.length === 0 ? '' : table(['area', 'passed', 'failed', 'inconclusive', 'not applicable', ...optional('remark')], rows);
}

function identity(report: Report): string {
  return table(['', ''], identityRows(report).map(([label, value]) => [plain(label), plain(shorten(value, 500))]));
}
