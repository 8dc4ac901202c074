import { expect, test } from 'vitest';
import { closingLine, countStep, failuresOf, readVitest, type Step } from './count.ts';

const step = (status: number, result?: Step['result']): Step => ({ name: 'x', status, seconds: 1, ...(result && { result }) });
const file = (status: string, ...tests: string[]) => (
  { name: 'a', status, startTime: 0, endTime: 1, assertionResults: tests.map((each) => ({ status: each })) }
);
const vitest = (numPassedTests: number, numFailedTests: number, numTotalTests: number, ...testResults: ReturnType<typeof file>[]) => (
  { kind: 'vitest' as const, text: JSON.stringify({ numPassedTests, numFailedTests, numTotalTests, testResults }) }
);
const report = (...outcomes: string[]) => (
  { kind: 'report' as const, text: JSON.stringify({ checks: outcomes.map((outcome) => ({ outcome })) }) }
);

test.each<[string, Step, [passed: number, failed: number, skipped: number]]>([
  ['a step without a result', step(0), [1, 0, 0]],
  ['one that failed', step(2), [0, 1, 0]],
  ['tests', step(0, vitest(3, 0, 4, file('passed', 'passed', 'skipped'))), [3, 0, 1]],
  ['a test that failed', step(1, vitest(3, 1, 4, file('failed', 'failed'))), [3, 1, 0]],
  ['a file that could not be loaded', step(1, vitest(3, 0, 3, file('failed'), file('passed', 'passed'))), [3, 1, 0]],
  ['a hook that failed, so that its tests were left out', step(1, vitest(0, 0, 2, file('failed', 'skipped', 'skipped'))), [0, 1, 2]],
  ['a runner that failed although its tests passed', step(1, vitest(3, 0, 3)), [3, 1, 0]],
  ['a runner without a single test', step(0, vitest(0, 0, 5)), [0, 1, 5]],
  ['a runner that wrote nothing', step(0, { kind: 'vitest', text: undefined }), [0, 1, 0]],
  ['a result that is cut off', step(0, { kind: 'vitest', text: '{"num' }), [0, 1, 0]],
  ['checks', step(0, report('pass', 'pass', 'not-applicable')), [2, 0, 0]],
  ['a check that could not be judged', step(3, report('pass', 'inconclusive')), [1, 1, 0]],
  ['a verification that failed with green checks', step(3, report('pass')), [1, 1, 0]],
  ['a verification without a report', step(0, { kind: 'report', text: undefined }), [0, 1, 0]],
])('%s', (_, given, [passed, failed, skipped]) => {
  expect(countStep(given)).toEqual({ passed, failed, skipped });
});

test('the closing line', () => {
  expect(closingLine([step(0), step(0, vitest(3, 0, 3, file('passed', 'passed')))])).toEqual({ line: '4 passed, 0 failed', failed: false });
  expect(closingLine([step(1), step(0, vitest(3, 0, 5, file('passed', 'passed')))])).toEqual({
    line: '3 passed, 1 failed, 2 skipped', failed: true,
  });
});

test('what failed is told by its name, a file that could not be loaded by its own', () => {
  const one = (status: string) => ({ status, fullName: `a ${status} one`, failureMessages: status === 'failed' ? ['why', 'else'] : [] });
  const failed = (...assertionResults: object[]) => (
    { name: 'f', status: 'failed', startTime: 0, endTime: 1, message: 'no module', assertionResults }
  );
  const text = JSON.stringify({
    numPassedTests: 1, numFailedTests: 1, numTotalTests: 2, testResults: [failed(one('passed'), one('failed')), failed()],
  });
  expect(failuresOf(readVitest(text))).toEqual([{ name: 'a failed one', said: 'why\nelse' }, { name: 'f', said: 'no module' }]);
});
