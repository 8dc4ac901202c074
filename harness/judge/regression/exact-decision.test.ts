import { expect, test } from 'vitest';
import { CouldNotJudge } from '../../model/errors.ts';
import { changeText, exactDecision } from './exact-decision.ts';
import type { RegressionMetric } from '../../model/regression-metrics.ts';
import { defaultLimits } from './limits.ts';

function limitOf(metric: RegressionMetric) {
  const limit = defaultLimits.find((one) => one.metric === metric);
  if (limit === undefined) throw new Error(`no limit of ${metric}`);
  return limit;
}

test.for([
  [78_000_000, 77_000_000, 'fail', 'the file is 1.3 % larger, 78 MB after 77 MB, limit 1 %: fail'],
  [77_700_000, 77_000_000, 'pass', 'the file is 0.9 % larger, 77.7 MB after 77 MB, limit 1 %: pass'],
  // Over 1 %, not over 500 kB.
  [20_400_000, 20_000_000, 'pass', 'the file is 2 % larger, 20.4 MB after 20 MB, limit 2.5 %: pass'],
  [60_000_000, 77_000_000, 'pass', 'the file is 22.1 % smaller, 60 MB after 77 MB, limit 1 %: pass'],
  [77_000_001, 77_000_000, 'pass', 'the file is unchanged, 77 MB after 77 MB, limit 1 %: pass'],
] as const)('%d bytes after %d are a %s', ([subject, previous, outcome, sentence]) => {
  expect(exactDecision(limitOf('size.file'), [subject], [previous])).toMatchObject({ outcome, sentence, pairs: 1 });
});

test('of page faults the medians of three runs are compared', () => {
  const decision = exactDecision(limitOf('faults.ready'), [6700, 6650, 9000], [6558, 6560, 6557]);
  expect(decision).toMatchObject({ outcome: 'fail', pairs: 3, limitPercent: 1 });
  expect(decision.sentence).toBe('the number of page faults is 2.2 % higher, 6700 faults after 6558 faults, limit 1 %: fail');
  expect(changeText(limitOf('faults.ready'), [6650], [6650])).toBe('the number of page faults is unchanged, 6650 faults after 6650 faults');
});

test('what was not measured is not decided', () => {
  expect(() => exactDecision(limitOf('size.file'), [], [1])).toThrow(CouldNotJudge);
  expect(() => exactDecision(limitOf('size.file'), [1], [0])).toThrow('the file of previous is 0, and must be a number above zero');
});
