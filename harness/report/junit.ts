import { casesOf, type Case } from './cases.ts';
import { detailsOf } from './details.ts';
import { attribute, content, nameAttribute } from './junit-xml.ts';
import { areas, type CheckResult, type Report } from '../model/report.ts';

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
  const suites = Map.groupBy(cases, suiteName);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="frostgate" ${counters(cases)} timestamp="${attribute(report.tool.startedAt)}">`,
    ...[...suites.keys()].toSorted().map((name) => suiteXml(report, name, suites.get(name) ?? [])),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteName({ area }: Case): string {
  const number = areas.findIndex((name) => name === area) + 1;
  return `${String(number).padStart(2, '0')} ${area}`;
}

function suiteXml(report: Report, name: string, cases: readonly Case[]): string {
  return [
    `  <testsuite name="${name}" ${counters(cases)} timestamp="${attribute(report.tool.startedAt)}">`,
    `    <properties>${property('subject.sha256', report.subject?.sha256Before ?? 'none')}${
      property('platform', report.platform.id)}</properties>`,
    ...cases.map((one) => caseXml(report, one)),
    '  </testsuite>',
  ].join('\n');
}

function property(name: string, value: string): string {
  return `<property name="${name}" value="${attribute(value)}"/>`;
}

function counters(cases: readonly Case[]): string {
  const number = (outcome: Case['outcome']) => cases.filter((one) => one.outcome === outcome).length;
  const time = cases.reduce((sum, one) => sum + secondsOf(one), 0).toFixed(3);
  return `tests="${cases.length}" failures="${number('fail')}" errors="${number('inconclusive')}" ` +
    `skipped="${number('not-applicable')}" time="${time}"`;
}

function secondsOf({ check }: Case): number {
  return (check?.durationMs ?? 0) / 1000;
}

function caseXml(report: Report, one: Case): string {
  const { check } = one;
  const place = [
    check?.file === undefined ? '' : ` file="${nameAttribute(check.file)}"`,
    check?.line === undefined ? '' : ` line="${check.line}"`,
  ].join('');
  const classname = nameAttribute(`${report.platform.id}.${one.area}`);
  const start = `    <testcase name="${nameAttribute(one.id)}" classname="${classname}"${place} time="${secondsOf(one).toFixed(3)}"`;
  const inside = [answer(report, one), check === undefined ? '' : output(report, check)].filter((part) => part !== '');
  return inside.length === 0 ? `${start}/>` : `${start}>\n${inside.map((part) => `      ${part}\n`).join('')}    </testcase>`;
}

function answer(report: Report, { kind, outcome, reason, check }: Case): string {
  if (outcome === 'pass') return '';
  if (outcome === 'not-applicable') return `<skipped message="${attribute(reason)}"/>`;
  const tag = outcome === 'fail' ? 'failure' : 'error';
  const message = kind === 'never ran' ? kind : reason;
  const type = kind === 'never ran' ? 'never-ran' : outcome;
  const text = check === undefined ? reason : [check.title, `reason: ${reason}`, ...detailsOf(report, check)].join('\n');
  return `<${tag} message="${attribute(message)}" type="${type}">${content(text).trim() || type}</${tag}>`;
}

function output(report: Report, check: CheckResult): string {
  const lines = [
    ...(check.note === undefined ? [] : [`note: ${check.note}`]),
    ...check.evidence.map(({ title, path }) => `evidence: ${title}: ${path}`),
  ];
  const attached = check.outcome === 'fail' || check.outcome === 'inconclusive' ? attachments(report, check) : [];
  return lines.length === 0 ? '' : `<system-out>${[content(lines.join('\n')), ...attached].join('\n')}</system-out>`;
}

/**
 * `[[ATTACHMENT|path]]`, each on a line of its own: GitLab links the first, Jenkins (junit-attachments) keeps them all.
 * Both count from the project's folder.
 */
function attachments(report: Report, check: CheckResult): string[] {
  const paths = check.evidence.map(({ path }) => `${reportFolder(report)}/${path}`).filter((path) => /^[^[\]|\p{C}]+$/u.test(path));
  return paths.map((path) => `[[ATTACHMENT|${content(path)}]]`);
}

/** The report's folder, as far as the command line tells it. */
function reportFolder({ tool, platform }: Report): string {
  const words = tool.commandLine.flatMap((word) => (word.startsWith('--report-dir=') ? word.split(/=(.*)/s).slice(0, 2) : [word]));
  const at = words.indexOf('--report-dir');
  return `${(at === -1 ? undefined : words[at + 1]) ?? 'reports'}/${platform.id}`;
}
