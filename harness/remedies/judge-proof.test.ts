import { describe, expect, test } from 'vitest';
import type { CheckResult, Finding, Report } from '../model/report.ts';
import { changeOf } from '../runtimes/pyinstaller/hazards/spec-change.ts';
import { sampleCheck, sampleReport } from '../report/sample-report.testing.ts';
import { furtherDefects, judgeProof as judge, stillShared, type Try } from './judge-proof.ts';

function finding(hazard: string, explains: string[], args: Record<string, string> = {}): Finding {
  return { hazard, args, cause: 'cause', remedy: `remedy of ${hazard}`, line: `line of ${hazard}`, source: 'log', explains };
}

function after(outcomes: Record<string, CheckResult['outcome']>, findings: Finding[] = []): Report {
  const checks = Object.entries(outcomes).map(
    ([id, outcome]) => sampleCheck(id, outcome === 'pass' ? {} : { outcome, reason: `reason\nof ${id}` }),
  );
  return sampleReport({ checks, findings });
}

const build = { changeFor: changeOf, built: { command: 'make build', failed: [] } };
const by = '; built by make build';

/** Without the command, which every sentence ends with. */
function judgeProof(first: Finding, tried: Omit<Try, 'changeFor' | 'built'>) {
  const { outcome, sentence } = judge(first, { ...build, ...tried });
  expect(sentence.endsWith(by)).toBe(true);
  return { outcome, sentence: sentence.slice(0, -by.length) };
}

const lazy = finding('BC-02', ['execution.a', 'execution.b'], { module: 'lazy' });
const data = finding('BC-04', ['execution.b', 'execution.c'], { file: 'x.txt' });

describe('one change alone', () => {
  test.each<[string, Finding[], Report, string, string]>([
    ['all passes', [lazy], after({ 'execution.a': 'pass', 'execution.b': 'pass' }), 'proved', 'with this change execution.a, ' +
      'execution.b pass'],
    ['one check is left red', [lazy], after({
      'execution.a': 'pass', 'execution.b': 'fail',
    }), 'in part', 'what was missing is there, but execution.b still fails: reason of execution.b; with this change execution.a passes'],
    ['the finding is still there', [lazy], after(
      { 'execution.a': 'pass', 'execution.b': 'pass' }, [finding('BC-02', [], { module: 'lazy' })],
    ), 'did not help', 'the same defect is still there: line of BC-02'],
    ['another finding of that hazard is there', [lazy], after(
      { 'execution.a': 'pass', 'execution.b': 'pass' }, [finding('BC-02', [], { module: 'other' })],
    ), 'proved', 'with this change execution.a, execution.b pass'],
    ['a check is red for the other finding', [lazy, data], after({
      'execution.a': 'pass', 'execution.b': 'fail',
    }), 'proved', 'with this change execution.a passes; execution.b stays red for BC-04'],
    ['more of it is still asked for', [finding('BC-02', ['execution.a'], { module: 'a', modules: 'a, b' })], after(
      { 'execution.a': 'fail' }, [finding('BC-02', ['execution.a'], { module: 'b' })],
    ), 'did not help', 'the same defect is still there: line of BC-02'],
    ['every check is the other finding\'s too', [
      finding('BC-02', ['execution.b']), data,
    ], after({ 'execution.b': 'fail' }), 'in part', 'what was missing is there; with this change alone execution.b stays red for BC-04'],
    ['a check cannot be judged', [lazy], after({
      'execution.a': 'pass', 'execution.b': 'inconclusive',
    }), 'not tried', 'execution.b could not be judged with this change: reason of execution.b'],
    ['a check did not run', [lazy], after({ 'execution.a': 'pass' }), 'not tried', 'execution.b could not be judged with this change: ' +
      'it did not run'],
    [
      'a further defect comes out',
      [lazy],
      after({ 'execution.a': 'fail', 'execution.b': 'pass' }, [finding('BC-05', ['execution.a'])]),
      'in part',
      'what was missing is there, but execution.a still fails: reason of execution.a; that is a further defect, BC-05: remedy of BC-05; ' +
        'with this change execution.b passes',
    ],
  ])('%s', (_name, findings, report, outcome, sentence) => {
    const [first = lazy] = findings;
    expect(judgeProof(first, { findings, changedFor: [first], after: report })).toEqual({ outcome, sentence });
  });
});

test('two changes together answer for the check that both explain', () => {
  const tried = {
    findings: [lazy, data], changedFor: [lazy, data], after: after({ 'execution.a': 'pass', 'execution.b': 'pass', 'execution.c': 'pass' }),
  };
  expect(judgeProof(lazy, tried)).toEqual({ outcome: 'proved', sentence: 'with this change, together with that for BC-04, execution.a, ' +
    'execution.b pass' });
  expect(stillShared(lazy, { ...build, ...tried })).toEqual([]);
  const tools = ['pytest', 'mypy'].map((module) => finding('BC-08', ['bundle.excluded'], { module }));
  const [pytest = lazy] = tools;
  expect(
    judgeProof(pytest, { findings: tools, changedFor: tools, after: after({ 'bundle.excluded': 'pass' }) }).sentence,
  ).toBe('with this change, together with that for BC-08 mypy, bundle.excluded passes');
  expect(stillShared(lazy, { ...build, ...tried, changedFor: [lazy], after: after({ 'execution.b': 'fail' }) })).toEqual(['execution.b']);
  expect(
    judgeProof(lazy, { ...tried, after: after({ 'execution.a': 'pass', 'execution.b': 'fail' }) }),
  ).toMatchObject({ outcome: 'in part', sentence: expect.stringMatching(/^what was missing is there, but execution\.b still fails: /) });
});

test('what only comes out with a change is tried and told with it', () => {
  const next = finding('BC-05', ['execution.a'], { distribution: 'x' });
  const failed = after({ 'execution.a': 'fail', 'execution.b': 'pass' }, [next]);
  const first = { ...build, findings: [lazy], changedFor: [lazy], after: failed };
  expect(furtherDefects(first)).toEqual([next]);
  expect(furtherDefects({ ...first, further: [next] })).toEqual([]);
  expect(furtherDefects({ ...first, after: after({ 'execution.c': 'fail' }, [finding('BC-05', ['execution.c'])]) })).toEqual([]);
  expect(judgeProof(lazy, {
    findings: [lazy], changedFor: [lazy], further: [next], after: after({ 'execution.a': 'pass', 'execution.b': 'pass' }),
  })).toEqual({ outcome: 'proved', sentence: 'with this change and with a further one that it takes (BC-05: remedy of BC-05) ' +
    'execution.a, execution.b pass' });
});

test('the command is told, and why a likelier one was not taken', () => {
  expect(judge(lazy, {
    ...build, findings: [lazy], changedFor: [lazy], after: after({ 'execution.a': 'pass', 'execution.b': 'pass' }),
    built: { command: 'poetry run pyinstaller app.spec', failed: ['make build does not build a copy'] },
  }).sentence).toBe('with this change execution.a, execution.b pass; built by poetry run pyinstaller app.spec (make build does not ' +
    'build a copy)');
});

test('texts of the executable are cut and on one line', () => {
  const report = sampleReport({
    checks: [sampleCheck('execution.a', { outcome: 'fail', reason: `\u001B[31m${'x'.repeat(10_000)}\n` })], findings: [],
  });
  const { sentence } = judgeProof(finding('BC-02', ['execution.a']), { findings: [], changedFor: [], after: report });
  expect(sentence).toMatch(/^what was missing is there, but execution\.a still fails: x{300}…$/);
});
