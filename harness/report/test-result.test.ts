import { describe, expect, test } from 'vitest';
import { schemaErrors } from './formats/json-schema.testing.ts';
import type { Report } from '../model/report.ts';
import { hostileReport } from './sample-hostile.testing.ts';
import { sampleCheck, sampleReport } from './sample-report.testing.ts';
import { testResultPredicate, testResultStatement } from './test-result.ts';

const sha256 = 'd'.repeat(64);
const passed = (more: Partial<Report> = {}) =>
  sampleReport({
    checks: [
      sampleCheck('artifact.size'), sampleCheck('startup.ready'), sampleCheck('host.odd-path', { outcome: 'not-applicable', reason: 'so' }),
    ],
    verdict: { outcome: 'pass', decidedBy: [], sentence: 'All passed.' },
    ...more,
  });
const subjectOf = ({ subject }: Report) => {
  if (subject === null) throw new Error('the sample has an executable');
  return subject;
};
const read = (report: Report) => {
  expect(schemaErrors('test-result.schema.json', testResultStatement(report, sha256))).toEqual([]);
  const statement = JSON.parse(testResultStatement(report, sha256) ?? '');
  expect(schemaErrors('test-result.schema.json', testResultPredicate(report, sha256), 'predicate')).toEqual([]);
  expect(JSON.parse(testResultPredicate(report, sha256) ?? '')).toEqual(statement.predicate);
  return statement;
};

test('the whole statement', async () => {
  await expect(testResultStatement(sampleReport(), sha256)).toMatchFileSnapshot('golden/test-result.json');
});

test('a whole run that passed is PASSED', () => {
  expect(read(passed())).toMatchObject({
    subject: [{ name: 'agent-runner-linux-amd64', digest: { sha256: '3'.repeat(64) } }],
    predicate: { result: 'PASSED', passedTests: ['artifact.size', 'startup.ready'], warnedTests: [], failedTests: [] },
  });
});

describe('everything else is FAILED and says why', () => {
  const subject = subjectOf(sampleReport());
  const { sha256After: _, ...gone } = subject;
  test.for<[string, Partial<Report>, string]>([
    ['inconclusive', { verdict: { outcome: 'inconclusive', decidedBy: [], sentence: 'No server.' } }, 'run.verdict'],
    ['fail that no check accounts for', { verdict: { outcome: 'fail', decidedBy: [], sentence: 'It changed.' } }, 'run.verdict'],
    ['a check that never ran', { verdict: { outcome: 'fail', decidedBy: ['shutdown.drain'], sentence: 'One.' } }, 'shutdown.drain'],
    ['a pass with an unjudged check', { checks: [sampleCheck('parity.log', { outcome: 'inconclusive', reason: 'so' })] }, 'parity.log'],
    ['a partial pass', { partial: ['--profile quick'] }, 'run.partial'],
    ['an interrupted run', { interrupted: 'SIGINT' }, 'run.interrupted'],
    ['a changed executable', { subject: { ...subject, sha256After: '4'.repeat(64) } }, 'run.executable-changed'],
    ['an executable that is gone', { subject: gone }, 'run.executable-changed'],
    ['no contract', { contract: null }, 'run.no-contract'],
    ['no check', { checks: [] }, 'run.nothing-passed'],
  ])('%s', ([, more, why]) => {
    const { predicate } = read(passed(more));
    expect(predicate.result).toBe('FAILED');
    expect(predicate.failedTests).toContain(why);
  });
});

test('without an executable there is nothing to attest', () => {
  expect(testResultStatement(passed({ subject: null }), sha256)).toBeUndefined();
  expect(testResultPredicate(passed({ subject: null }), sha256)).toBeUndefined();
});

test('the configuration names worker and platform, and binds the contract and the report', () => {
  expect(read(passed()).predicate.configuration).toEqual([
    { name: 'agent-runner verification linux-amd64', digest: { sha256: 'c'.repeat(64) } },
    { name: 'report.json', digest: { sha256 }, mediaType: 'application/json' },
  ]);
  const previous = { file: 'previous/agent-runner', sha256: '5'.repeat(64), sizeBytes: 1 };
  expect(read(passed({ previous })).predicate.configuration[2]).toEqual({ name: 'previous release', digest: { sha256: '5'.repeat(64) } });
  const [none] = read(passed({ contract: null })).predicate.configuration;
  expect(Buffer.from(none.content, 'base64').toString()).toBe('no contract\n');
});

test.for([
  ['dist/agent-runner', 'agent-runner-windows-amd64'],
  ['C:\\out\\agent-runner.exe', 'agent-runner-windows-amd64.exe'],
  ['agent-runner-windows-amd64.exe', 'agent-runner-windows-amd64.exe'],
])('%s is attested as %s', ([file = '', name]) => {
  const report = passed({ subject: { ...subjectOf(sampleReport()), file }, platform: { ...sampleReport().platform, id: 'windows-amd64' } });
  expect(read(report).subject[0].name).toBe(name);
});

test.for([
  ['HTTPS://GitHub.com/O/R/actions/runs/1', 'https://github.com/O/R/actions/runs/1'],
  ['javascript:alert(1)', undefined],
])('the run %s is given as %s', ([runUrl = '', url]) => {
  expect(read(passed({ platform: { ...sampleReport().platform, runUrl } })).predicate.url).toBe(url);
});

test('hostile names stay names', () => {
  expect(read(hostileReport()).predicate.result).toBe('FAILED');
  expect(read(passed({ checks: [sampleCheck('\u0000')] })).predicate.passedTests).toEqual(['unnamed']);
});
