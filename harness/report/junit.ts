import { areas, type CheckResult, type Report } from '../model/report.ts';
import { clean, excerpt, oneLine, shorten } from '../model/text.ts';
import { casesOf, detailsOf, type Case } from './cases.ts';
import { platformText } from './identity.ts';

/**
 * JUnit XML as Jenkins (junit plugin), GitLab and the usual GitHub actions read it; there is no official schema, so
 * `formats/junit.xsd` holds what these readers use.
 * `failure` = fail, `error` = inconclusive or never ran, `skipped` = not applicable.
 * The platform stands in `classname`, because GitLab drops cases whose classname and name are equal.
 * GitLab and the actions show an element's text and not its `message`, so the text repeats the reason and is never empty.
 * A verdict that no check accounts for becomes a case of its own: the file is never greener than the verdict.
 */
export function junit(report: Report): string {
  const cases = casesOf(report);
  const timestamp = report.tool.startedAt;
  const suites = [...Map.groupBy(cases, suiteName)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const properties = [['subject.sha256', report.subject?.sha256Before ?? 'none'], ['platform', platformText(report)]] as const;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'frostgate', ...counters(cases), timestamp })}>`,
    ...suites.flatMap(([name, own]) => [
      `  <testsuite${attributes({ name, ...counters(own), timestamp })}>`,
      `    <properties>${[...properties, ...decisionsIn(report, own)].map(([key, value]) => (
        `<property${attributes({ name: key, value })}/>`)).join('')}</properties>`,
      ...own.map((one) => caseXml(report, one)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

/** What was decided beside the last release by the checks of a suite, in the sentence of each. */
function decisionsIn({ decisions = [] }: Report, own: readonly Case[]): (readonly [name: string, value: string])[] {
  return decisions.filter(({ check }) => own.some(({ id }) => id === check))
    .map(({ metric, sentence }) => [oneLine(`decision.${metric}`), oneLine(sentence)]);
}

function suiteName({ area }: Case): string {
  const number = areas.findIndex((name) => name === area) + 1;
  return `${String(number).padStart(2, '0')} ${area}`;
}

function counters(cases: readonly Case[]): Record<string, string | number> {
  const number = (outcome: Case['outcome']) => cases.filter((one) => one.outcome === outcome).length;
  return {
    tests: cases.length, failures: number('fail'), errors: number('inconclusive'), skipped: number('not-applicable'), time: seconds(cases),
  };
}

function seconds(cases: readonly Case[]): string {
  return cases.reduce((sum, { check }) => sum + (check?.durationMs ?? 0) / 1000, 0).toFixed(3);
}

function caseXml(report: Report, one: Case): string {
  const { id, area, check } = one;
  const start = `    <testcase${attributes({
    name: oneLine(id),
    classname: oneLine(`${report.platform.id}.${area}`),
    file: check?.file === undefined ? undefined : oneLine(check.file),
    line: check?.line,
    time: seconds([one]),
  })}`;
  const inside = [answer(report, one), check === undefined ? '' : output(report, check)].filter((part) => part !== '');
  return inside.length === 0 ? `${start}/>` : `${start}>\n${inside.map((part) => `      ${part}\n`).join('')}    </testcase>`;
}

function answer(report: Report, { kind, outcome, reason, check }: Case): string {
  if (outcome === 'pass') return '';
  if (outcome === 'not-applicable') return `<skipped${attributes({ message: reason })}/>`;
  const tag = outcome === 'fail' ? 'failure' : 'error';
  const [message, type] = kind === 'never ran' ? [kind, 'never-ran'] : [reason, outcome];
  const text = check === undefined ? reason : [check.title, `reason: ${reason}`, ...detailsOf(report, check)].join('\n');
  return `<${tag}${attributes({ message, type })}>${content(text).trim() || type}</${tag}>`;
}

function output(report: Report, { note, evidence, outcome }: CheckResult): string {
  const lines = [...(note === undefined ? [] : [`note: ${note}`]), ...evidence.map(({ title, path }) => `evidence: ${title}: ${path}`)];
  const attached = outcome === 'fail' || outcome === 'inconclusive' ? attachments(report, evidence) : [];
  return lines.length === 0 ? '' : `<system-out>${[content(lines.join('\n')), ...attached].join('\n')}</system-out>`;
}

/**
 * `[[ATTACHMENT|path]]`, each on a line of its own: GitLab links the first, Jenkins (junit-attachments) keeps them all.
 * Both count from the project's folder.
 */
function attachments(report: Report, evidence: CheckResult['evidence']): string[] {
  const paths = evidence.map(({ path }) => `${reportFolder(report)}/${path}`).filter((path) => /^[^[\]|\p{C}]+$/u.test(path));
  return paths.map((path) => `[[ATTACHMENT|${content(path)}]]`);
}

/** The report's folder, as far as the command line tells it. */
function reportFolder({ tool, platform }: Report): string {
  const words = tool.commandLine.flatMap((word) => (word.startsWith('--report-dir=') ? word.split(/=(.*)/s).slice(0, 2) : [word]));
  const at = words.indexOf('--report-dir');
  return `${(at === -1 ? undefined : words[at + 1]) ?? 'reports'}/${platform.id}`;
}

/** Text for an XML element, cut to its first and last lines. It cannot name an attachment: `[[ATTACHMENT|` is broken up. */
function content(text: string): string {
  return escaped(excerpt(text).replaceAll('[[ATTACHMENT|', '[ [ATTACHMENT|'));
}

/** Attributes in double quotes, each of at most 1,000 characters: a long message belongs into the element's text. */
function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values).map(([name, value]) => (value === undefined ? '' : ` ${name}="${attribute(String(value))}"`)).join('');
}

function attribute(text: string): string {
  return escaped(shorten(clean(shorten(text, 10_000)), 1000)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
