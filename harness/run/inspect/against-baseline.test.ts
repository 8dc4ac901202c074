import { expect, test } from 'vitest';
import { sampleReport } from '../../report/sample-report.testing.ts';
import { comparisonSentence, withFindings } from './hints.ts';

const hint = { hazard: 'TW-17', cause: 'the sandbox module is missing', remedy: 'add it', line: 'not inside' };
const finding = { ...hint, args: {}, source: 'bundle.modules', explains: ['bundle.modules'] };
const report = sampleReport();

test('what the comparison found stands first, and what both say is said once', () => {
  const other = { ...hint, hazard: 'NA-02' };
  expect(withFindings([hint, other], { ...report, findings: [finding] })).toEqual([hint, other]);
  expect(withFindings([other], { ...report, findings: [finding] })).toEqual([hint, other]);
  expect(withFindings([hint], undefined)).toEqual([hint]);
});

test('one sentence for each end', () => {
  const verdict = (outcome: 'pass' | 'fail' | 'inconclusive') => ({ outcome, decidedBy: [], sentence: 'the verdict' });
  const [check] = report.checks;
  if (check === undefined) throw new Error('the sample report has checks');
  expect(comparisonSentence({ ...report, verdict: verdict('pass') })).toBe('against the baseline: nothing is missing');
  const failed = { ...report, checks: [], findings: [finding], verdict: verdict('fail') };
  expect(comparisonSentence(failed)).toBe('against the baseline: 1 defect, told above');
  const unjudged = { ...report, findings: [], checks: [
    { ...check, outcome: 'inconclusive' as const, reason: 'there is no Temporal server' },
  ], verdict: verdict('inconclusive') };
  expect(comparisonSentence(unjudged)).toBe('not compared with the baseline: size: there is no Temporal server');
  const both = { ...unjudged, findings: [finding], verdict: verdict('fail') };
  expect(comparisonSentence(both)).toBe('against the baseline: 1 defect, told above\nnot compared with the baseline: size: there is no ' +
    'Temporal server');
  const needs = { ...unjudged, checks: unjudged.checks.map((each) => ({ ...each, reason: 'it needs a contract' })) };
  expect(comparisonSentence(needs)).toBe('not compared with the baseline: size: it needs a contract; name it with --contract FILE');
  expect(comparisonSentence({ ...unjudged, checks: [] })).toBe('against the baseline: could not be judged: the verdict');
});
