import { findingsOf, neverRan, proofLine } from '../model/explain.ts';
import { count } from '../model/format.ts';
import type { CheckResult, Evidence, Finding, Report } from '../model/report.ts';
import { sureLine } from '../model/sureness.ts';
import { excerpt, shorten } from '../model/text.ts';
import { troubledGroups } from './cases.ts';
import { code, fenced, fileLink, plain, plainInElement, plainOrDash } from './markdown-escape.ts';
import { unknownSentence } from './unknown.ts';

export type Depth = {
  /** The telling lines of the evidence, folded away. */
  readonly excerpts: boolean;
  /** Evidence as links that count from the report's folder; else as paths. */
  readonly links: boolean;
  /** The `#` of the headings. */
  readonly heading: string;
};

const longestId = 200;
const longestText = 2000;
const longestBlock = 4000;

/** One Markdown block for each failed check, for each reason that kept checks from being judged, and for those that never ran. */
export function decisionBlocks(report: Report, depth: Depth): string[] {
  const missing = neverRan(report);
  return [
    ...troubledGroups(report).map((group) => (group.length === 1 ? checkBlocks(report, group, depth).join('') : groupBlock(group, depth))),
    ...(missing.length === 0 ? [] : [`${depth.heading} never ran: ${count(missing.length, 'check')}\n\n${codes(missing, 100)}`]),
  ];
}

/** One Markdown block for each finding: the remedy first, then the line that gave it away. */
export function findingBlocks(found: readonly Finding[], { heading }: Depth): string[] {
  return found.map((finding) => {
    const { hazard, cause, explains, remedy, source, line } = finding;
    const [proof, sure] = [proofLine(finding), sureLine(finding)];
    return [
      `${heading} ${plain(shorten(hazard, longestId))}: ${paragraph(cause)}`,
      explains.length > 0 ? `Explains ${codes(explains, 20)}.` : 'Explains no failed check.',
      ...toDo(remedy),
      ...(sure === undefined ? [] : [`Sure: ${sure}.`]),
      ...(proof === undefined ? [] : [`Tried: ${paragraph(proof)}`]),
      `Seen in ${codes([source], 1)}:`,
      fenced(shorten(line, longestText)),
    ].join('\n\n');
  });
}

/** At most `most` ids as inline code; the rest as "and n more". */
export function codes(ids: readonly string[], most: number): string {
  const rest = ids.length > most ? ` and ${ids.length - most} more` : '';
  return `${ids.slice(0, most).map((id) => code(shorten(id, longestId))).join(', ')}${rest}`;
}

function checkBlocks(report: Report, checks: readonly CheckResult[], { heading, links, excerpts }: Depth): string[] {
  return checks.map((check) => {
    const { id, outcome, title, reason, expected, got, remedy, evidence } = check;
    const files = evidence.map((file) => (links ? fileLink(file.title, file.path) : codes([file.path], 1)));
    const rows = [
      ...([['Reason', reason], ['Expected', expected], ['Got', got]] as const).flatMap(([label, text]) => item(label, text)),
      ...findingsOf(report, id).map(({ hazard, cause }) => `- Why: ${plain(shorten(hazard, longestId))}: ${paragraph(cause)}`),
      ...item('Why', unknownSentence(report, check)),
      ...(files.length === 0 ? [] : [`- Evidence: ${files.join(', ')}`]),
    ];
    return [
      `${heading} ${outcome}: ${codes([id], 1)}`,
      paragraph(title),
      ...(rows.length === 0 ? [] : [rows.join('\n')]),
      ...(remedy === undefined ? [] : toDo(remedy)),
      ...(excerpts ? tellingEvidence(check).map(excerptBlock) : []),
    ].join('\n\n');
  });
}

function groupBlock(group: readonly CheckResult[], { heading }: Depth): string {
  const ids = codes(group.map(({ id }) => id), 100);
  return [`${heading} inconclusive: ${count(group.length, 'check')}`, ids, ...item('Reason', group[0]?.reason ?? '')].join('\n\n');
}

function item(label: string, text: string | undefined): string[] {
  return text === undefined ? [] : [`- ${label}: ${paragraph(text)}`];
}

function toDo(remedy: string): string[] {
  return ['Do:', fenced(excerpt(shorten(remedy, longestBlock)))];
}

type Line = NonNullable<Evidence['excerpt']>[number];
const neighbours = 2;
const lastLines = 12;

/** The files with a telling line, or else the last one: what a worker printed comes after the histories. */
function tellingEvidence({ evidence }: CheckResult): Evidence[] {
  const withLines = evidence.filter(({ excerpt: lines = [] }) => lines.length > 0);
  const telling = withLines.filter(({ excerpt: lines = [] }) => lines.some(isTelling));
  return telling.length > 0 ? telling : withLines.slice(-1);
}

function isTelling({ hazard }: Line): boolean {
  return hazard !== undefined;
}

function excerptBlock({ title, excerpt: all = [] }: Evidence): string {
  const near = all.filter((_, index) => all.slice(Math.max(0, index - neighbours), index + neighbours + 1).some(isTelling));
  const lines = near.length > 0 ? near : all.slice(-lastLines);
  const width = String(lines.at(-1)?.number ?? 1).length;
  const text = lines.flatMap(({ number, text: line, hazard }, index) => [
    ...(index > 0 && number !== (lines[index - 1]?.number ?? 0) + 1 ? [`${' '.repeat(width)} …`] : []),
    `${String(number).padStart(width)} | ${shorten(line.replaceAll('\n', ' '), 500)}${hazard === undefined ? '' : `   <-- ${hazard}`}`,
  ]);
  return `<details><summary>${plainInElement(shorten(title, longestId))}</summary>\n\n${fenced(text.join('\n'))}\n\n</details>`;
}

function paragraph(text: string): string {
  return plainOrDash(shorten(text, longestText));
}
