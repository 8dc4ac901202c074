import { expect, test } from 'vitest';
import type { Proof } from '../model/report.ts';
import { renderings } from './renderings.ts';
import { sampleReport } from './sample-report.testing.ts';
import { terminalSummary } from './terminal.ts';
import { timeSummary } from './timing.ts';

const sentence = 'with this change execution-failure passes';

function withProof(proof?: Proof) {
  const report = sampleReport();
  return { ...report, findings: report.findings.map((finding) => ({ ...finding, ...(proof && { proof }) })) };
}

test.each([
  'report.html', 'report.md', 'report.xml', 'report.txt', 'summary.md', 'annotations.txt', 'ctrf.json',
])('%s tells what came of trying a remedy', (file) => {
  const render = (proof?: Proof) => renderings.find((rendering) => rendering.file === file)?.render(withProof(proof), '0'.repeat(64)) ?? '';
  expect(render({ outcome: 'proved', sentence })).toMatch(/proved[^]{1,20}with this change execution-failure passes/);
  expect(render({ outcome: 'did not help', sentence })).toMatch(/did not help[^]{1,20}with this change execution-failure passes/);
  expect(render()).not.toContain('with this change');
});

test('on the terminal it stands under the remedy', () => {
  const lines = (proof: Proof) => terminalSummary(withProof(proof), { colour: false, width: 120 }).split('\n');
  const proved = lines({ outcome: 'proved', sentence });
  expect(proved[proved.findIndex((line) => line.includes('do         Add a runtime hook')) + 2]).toBe(`       proved     ${sentence}`);
  expect(lines({ outcome: 'not tried', sentence: 'interrupted' })).toContain('       tried      not tried: interrupted');
});

test('time for remedies is not held against the harness', () => {
  const report = sampleReport();
  const phases = [...report.tool.phases, { name: 'remedies', durationMs: 10_000 }];
  expect(timeSummary({ ...report, tool: { ...report.tool, phases } })).toBe('1 min 24 s: workers 1 min 11 s, remedies 10.0 s, harness ' +
    '3.00 s, 23 launches');
});
