import { expect, test } from 'vitest';
import type { Finding } from '../model/report.ts';
import { sampleCheck, sampleReport } from '../report/sample-report.testing.ts';
import { comeOfChecks } from './come-of-checks.ts';

const finding = (hazard: string, explains: string[]): Finding => (
  { hazard, args: {}, cause: `cause of ${hazard}`, remedy: 'r', line: 'l', source: 's', explains }
);
const red = (id: string, reason: string) => sampleCheck(id, { outcome: 'fail', reason });

test('each failed check is repaired, red for another reason, as it was, or not judged', () => {
  const failed = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => red(`execution.${id}`, 'before'));
  const known = finding('BC-02', ['execution.c']);
  const after = sampleReport({
    checks: [
      sampleCheck('execution.a', {}), red('execution.b', 'before'), red('execution.c', 'before'), red('execution.d', 'now'),
      sampleCheck('execution.e', { outcome: 'inconclusive', reason: 'no server' }),
    ],
    findings: [known, finding('BC-04', ['execution.b'])],
  });
  expect(comeOfChecks(failed, [known], after)).toEqual([
    { id: 'execution.a', outcome: 'repaired' },
    { id: 'execution.b', outcome: 'still red', sentence: 'for a further cause, BC-04: cause of BC-04' },
    { id: 'execution.c', outcome: 'unchanged' },
    { id: 'execution.d', outcome: 'still red', sentence: 'now' },
    { id: 'execution.e', outcome: 'not judged', sentence: 'no server' },
    { id: 'execution.f', outcome: 'not judged', sentence: 'it did not run' },
  ]);
});
