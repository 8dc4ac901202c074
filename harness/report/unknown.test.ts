import { expect, test } from 'vitest';
import { sampleCheck, sampleReport } from './sample-report.testing.ts';
import { unknownSentence } from './unknown.ts';

const traceback = [
  'started', 'Traceback (most recent call last):', '  File "temporalio/worker/_activity.py", line 7, in run', '    return await it()',
  '  File "desk/jobs.py", line 12, in weigh', '    raise NoPaper(tray)', 'desk.errors.NoPaper: tray 2 is empty', 'stopping: now',
];
const failed = (lines: readonly string[]) => sampleCheck('execution.weighs', { outcome: 'fail', reason: 'it failed', evidence: [{
  path: 'evidence/execution.weighs/output.log', sha256: '0'.repeat(64), title: 'output',
  excerpt: lines.map((text, index) => ({ number: index + 1, text })),
}] });
const sample = sampleReport({ findings: [] });

test('an error that no hazard knows is told with the frames that are the program\'s, and how to report it', () => {
  expect(unknownSentence(sample, failed(traceback))).toBe('no known hazard: desk.errors.NoPaper: tray 2 is empty, raised by ' +
    'desk/jobs.py:12 (weigh) (evidence/execution.weighs/output.log, line 7). Does the source do the same? Then it is the program; else ' +
    'report it with what npm run inspect -- FILE --baseline DIR --bundle-evidence evidence.json writes.');
});

test('nothing is said of what is explained, of what passed, and where there is no error', () => {
  const finding = { hazard: 'BC-02', args: {}, cause: 'c', remedy: 'r', line: 'l', source: 's', explains: ['execution.weighs'] };
  expect(unknownSentence({ ...sample, findings: [finding] }, failed(traceback))).toBeUndefined();
  expect(unknownSentence(sample, { ...failed(traceback), outcome: 'pass' })).toBeUndefined();
  expect(unknownSentence(sample, failed(['started', 'Note: all is well', 'stopped']))).toBeUndefined();
});
