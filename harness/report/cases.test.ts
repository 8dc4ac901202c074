import { expect, test } from 'vitest';
import { detailsOf } from './cases.ts';
import { sampleCheck, sampleReport } from './sample-report.testing.ts';

test('what was expected, what came, the measured value, and the finding before the own remedy', () => {
  const check = sampleCheck(
    'execution.failure', { expected: 'a', got: 'b', value: 3410, limit: 3000, unit: 'ms', remedy: 'raise the limit' },
  );
  expect(detailsOf(sampleReport(), check)).toEqual([
    'expected: a',
    'got: b',
    'value: 3.41 s',
    'limit: 3.00 s',
    "why: TW-18: PyInstaller's importer calls open(), which the workflow sandbox forbids.",
    'do: Add a runtime hook:\nimport io, pyimod01_archive',
    'do: raise the limit',
  ]);
});

test('a long text is cut, because a finding is told with each check that it explains', () => {
  const findings = sampleReport().findings.map((finding) => ({ ...finding, hazard: 'h'.repeat(1_000_000), cause: 'c'.repeat(1_000_000) }));
  const details = detailsOf(sampleReport({ findings }), sampleCheck('execution.failure', { got: 'g'.repeat(1_000_000) }));
  expect(Math.max(...details.map(({ length }) => length))).toBeLessThan(20_100);
});
