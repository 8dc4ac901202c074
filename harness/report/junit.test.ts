import { expect, test } from 'vitest';
import { countCases, readJunit } from './formats/read-junit.testing.ts';
import { junit } from './junit.ts';
import type { Report } from '../model/report.ts';
import { forbidden, hostileReport } from './sample-hostile.testing.ts';
import { sampleCheck, sampleDecision, sampleReport } from './sample-report.testing.ts';

const verdict = (outcome: 'pass' | 'fail' | 'inconclusive') => ({ outcome, decidedBy: [], sentence: 'So it is.' });
const casesOf = (report: Report) => readJunit(junit(report)).suites.flatMap(({ cases }) => cases);
const evidence = (path: string, title = 'history') => ({ path, title, sha256: '0'.repeat(64) });

test('the whole file', async () => {
  await expect(junit(sampleReport())).toMatchFileSnapshot('golden/report.xml');
});

test('counters match the content, in total and for each suite', () => {
  const { counters, suites } = readJunit(junit(sampleReport()));
  expect(counters).toEqual(countCases(suites.flatMap(({ cases }) => cases)));
  for (const suite of suites) expect(suite.counters).toEqual(countCases(suite.cases));
  expect(counters).toEqual([9, 2, 1, 1]);
});

test('what was decided beside the last release is a property of the suite whose checks judge it', () => {
  const checks = [sampleCheck('artifact.size'), sampleCheck('performance.cpu', { outcome: 'fail', reason: 'it is worse' })];
  const text = junit(sampleReport({ checks, verdict: verdict('fail'), decisions: [
    sampleDecision({ sentence: 'CPU "is" 8 % higher: fail' }),
  ] }));
  expect(countCases(readJunit(text).suites.flatMap(({ cases }) => cases))).toEqual([2, 1, 0, 0]);
  const [, artifact = '', performance = ''] = text.split('<testsuite ');
  expect(performance).toContain('<property name="decision.cpu.ready" value="CPU &quot;is&quot; 8 % higher: fail"/>');
  expect(artifact).not.toContain('decision.');
});

test('a check that never ran is an error', () => {
  const report = sampleReport({ verdict: { outcome: 'fail', decidedBy: ['shutdown.drain'], sentence: 'One never ran.' } });
  expect(casesOf(report)).toContainEqual({
    name: 'shutdown.drain', classname: 'linux-amd64.shutdown', answer: 'error', text: 'One never ran.', output: '',
  });
});

test('a verdict that no check accounts for is a case of its own', () => {
  const checks = sampleReport().checks.filter(({ outcome }) => outcome === 'pass');
  expect(
    casesOf(sampleReport({ checks, verdict: verdict('fail') }))[0],
  ).toMatchObject({ name: 'run.verdict', answer: 'failure', text: 'So it is.' });
  expect(readJunit(junit(sampleReport({ checks: [], verdict: verdict('inconclusive') }))).counters).toEqual([1, 0, 1, 0]);
  expect(casesOf(sampleReport({ checks, verdict: verdict('pass') })).map(({ answer }) => answer)).toEqual(checks.map(() => 'pass'));
});

test('evidence of a check that did not pass is attached, from the project folder', () => {
  const checks = [
    sampleCheck('execution.a', { outcome: 'fail', reason: 'so', evidence: [evidence('evidence/a/log.txt'), evidence('evidence/b.json')] }),
  ];
  const commandLine = ['npm', 'test', '--', '--report-dir=out/x', '--quiet'];
  const { output } = casesOf(sampleReport({ checks, tool: { ...sampleReport().tool, commandLine } }))[0] ?? { output: '' };
  expect(output.split('\n').slice(2)).toEqual([
    '[[ATTACHMENT|out/x/linux-amd64/evidence/a/log.txt]]', '[[ATTACHMENT|out/x/linux-amd64/evidence/b.json]]',
  ]);
  expect(casesOf(
    sampleReport({ checks: [sampleCheck('execution.a', { evidence: [evidence('evidence/a/log.txt')] })], verdict: verdict('pass') }),
  )[0]?.output).toBe('evidence: history: evidence/a/log.txt');
});

test('text of the subject cannot attach a file', () => {
  const note = '[[ATTACHMENT|/etc/passwd]]';
  const checks = [
    sampleCheck('execution.a', { outcome: 'fail', reason: note, note, evidence: [evidence('evidence/]] [[ATTACHMENT|x', note)] }),
  ];
  const attached = /\[\[ATTACHMENT\|[^[\]|]+\]\]/;
  for (const { output } of casesOf(sampleReport({ checks }))) expect(output).not.toMatch(attached);
  expect(casesOf(sampleReport()).filter(({ output }) => attached.test(output))).toHaveLength(1);
});

test('an error has text even where nothing of it can be shown', () => {
  const report = sampleReport({ checks: [], verdict: { outcome: 'inconclusive', decidedBy: ['shutdown.drain'], sentence: '\u001B' } });
  expect(casesOf(report)).toMatchObject([{ name: 'shutdown.drain', answer: 'error', text: 'never-ran' }]);
});

test('a case stands in the suite of its area, and its message keeps its lines', () => {
  const xml = junit(
    sampleReport({ checks: [sampleCheck('odd', { area: 'host', outcome: 'fail', reason: 'a\n\t"b"' })], verdict: verdict('fail') }),
  );
  expect(readJunit(xml).suites).toMatchObject([{ name: '10 host', cases: [{ name: 'odd', classname: 'linux-amd64.host' }] }]);
  expect(xml).toContain('message="a&#10;&#9;&quot;b&quot;"');
});

test('a log of 20 MB is cut', () => {
  const checks = [
    sampleCheck('execution.a', { outcome: 'fail', reason: `${'x'.repeat(9_999)}\n`.repeat(2000), got: 'y'.repeat(1_000_000) }),
  ];
  expect(junit(sampleReport({ checks })).length).toBeLessThan(200_000);
});

test('a million line ends take no time', () => {
  const checks = [sampleCheck('execution.a', { outcome: 'fail', reason: `${'\n'.repeat(1_000_000)}x` })];
  const started = performance.now();
  junit(sampleReport({ checks }));
  expect(performance.now() - started).toBeLessThan(5000);
});

test('hostile text stays text', () => {
  const report = hostileReport();
  expect(junit(report)).not.toMatch(forbidden);
  // startup.ready passed, execution.failure failed, and execution.retry and parity.log, which decided the verdict, are not there.
  expect(casesOf(report).map(({ classname, answer }) => `${classname} ${answer}`)).toEqual([
    'linux-amd64.startup pass', 'linux-amd64.execution failure', 'linux-amd64.execution error',
  ]);
});
