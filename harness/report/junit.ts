import { areaOf, findingsOf, neverRan } from './explain.ts';
import { formatValue } from './format.ts';
import { areas, type CheckResult, type Report } from './model.ts';
import { clean, excerpt, shorten } from './text.ts';

type Case = { readonly suite: string; readonly kind: CheckResult['outcome']; readonly seconds: number; readonly xml: string };

/**
 * JUnit XML as Jenkins and GitLab read it. `failure` = fail, `error` = inconclusive or never ran, `skipped` = not applicable.
 * The platform stands in `classname`, because GitLab drops cases whose classname and name are equal.
 * A verdict that no check accounts for (no check ran, the executable changed, no contract) becomes a case of its own: the file is never greener than the verdict.
 */
export function junit(report: Report): string {
  const own = [...report.checks.map((check) => checkCase(report, check)), ...neverRan(report).map((id) => missingCase(report, id))];
  const explained = own.some(({ kind }) => kind === 'fail') || (report.verdict.outcome === 'inconclusive' && own.some(({ kind }) => kind === 'inconclusive'));
  const cases = report.verdict.outcome === 'pass' || explained ? own : [...own, verdictCase(report)];
  const suites = [...new Set(cases.map(({ suite }) => suite))].toSorted();
  const body = suites.map((suite) => suiteXml(report, suite, cases.filter((one) => one.suite === suite)));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="frostgate" ${counters(cases)} timestamp="${attribute(report.tool.startedAt)}">`,
    ...body,
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteXml(report: Report, name: string, cases: readonly Case[]): string {
  const property = (key: string, value: string) => `<property name="${key}" value="${attribute(value)}"/>`;
  return [
    `  <testsuite name="${name}" ${counters(cases)} timestamp="${attribute(report.tool.startedAt)}">`,
    `    <properties>${property('subject.sha256', report.subject?.sha256Before ?? 'none')}${property('platform', report.platform.id)}</properties>`,
    ...cases.map(({ xml }) => xml),
    '  </testsuite>',
  ].join('\n');
}

function counters(cases: readonly Case[]): string {
  const number = (kind: Case['kind']) => cases.filter((one) => one.kind === kind).length;
  const time = cases.reduce((sum, one) => sum + one.seconds, 0).toFixed(3);
  return `tests="${cases.length}" failures="${number('fail')}" errors="${number('inconclusive')}" skipped="${number('not-applicable')}" time="${time}"`;
}

function checkCase(report: Report, check: CheckResult): Case {
  const place = [check.file === undefined ? '' : ` file="${attribute(check.file)}"`, check.line === undefined ? '' : ` line="${check.line}"`].join('');
  return testCase(report, check.id, check.outcome, check.durationMs / 1000, place, [answer(report, check), output(check)]);
}

function missingCase(report: Report, id: string): Case {
  return testCase(report, id, 'inconclusive', 0, '', [`<error message="never ran" type="never-ran">${content(report.verdict.sentence)}</error>`]);
}

function verdictCase(report: Report): Case {
  const { outcome, sentence } = report.verdict;
  const tag = outcome === 'fail' ? 'failure' : 'error';
  return testCase(report, 'run.verdict', outcome, 0, '', [`<${tag} message="${attribute(sentence)}" type="${outcome}">${content(sentence)}</${tag}>`]);
}

function testCase(report: Report, id: string, kind: Case['kind'], seconds: number, place: string, parts: readonly string[]): Case {
  const area = areaOf(id) ?? 'run';
  const number = areaOf(id) === undefined ? 0 : areas.findIndex((name) => name === area) + 1;
  const inside = parts.filter((part) => part !== '').map((part) => `      ${part}\n`);
  const open = `    <testcase name="${attribute(id)}" classname="${attribute(`${report.platform.id}.${area}`)}"${place} time="${seconds.toFixed(3)}"`;
  const xml = inside.length === 0 ? `${open}/>` : `${open}>\n${inside.join('')}    </testcase>`;
  return { suite: `${String(number).padStart(2, '0')} ${area}`, kind, seconds, xml };
}

function answer(report: Report, check: CheckResult): string {
  const reason = check.reason ?? check.title;
  if (check.outcome === 'pass') return '';
  if (check.outcome === 'not-applicable') return `<skipped message="${attribute(reason)}"/>`;
  const tag = check.outcome === 'fail' ? 'failure' : 'error';
  return `<${tag} message="${attribute(reason)}" type="${check.outcome}">${content(details(report, check))}</${tag}>`;
}

function details(report: Report, check: CheckResult): string {
  const value = check.value === undefined ? [] : [`value: ${formatValue(check.value, check.unit)}`];
  const limit = check.limit === undefined ? [] : [`limit: ${formatValue(check.limit, check.unit)}`];
  const found = findingsOf(report, check.id);
  return [
    check.title,
    ...line('reason', check.reason),
    ...line('expected', check.expected),
    ...line('got', check.got),
    ...value,
    ...limit,
    ...found.flatMap(({ hazard, cause, remedy }) => [`why: ${hazard}: ${cause}`, `do: ${remedy}`]),
    ...line('do', check.remedy),
  ].join('\n');
}

function output(check: CheckResult): string {
  const lines = [...line('note', check.note), ...check.evidence.map(({ title, path }) => `evidence: ${title}: ${path}`)];
  return lines.length === 0 ? '' : `<system-out>${content(lines.join('\n'))}</system-out>`;
}

function line(label: string, text: string | undefined): string[] {
  return text === undefined ? [] : [`${label}: ${text}`];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function content(text: string): string {
  return escaped(excerpt(text));
}

/** A long message belongs into the element's text. */
function attribute(text: string): string {
  return escaped(shorten(clean(text), 1000)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}
