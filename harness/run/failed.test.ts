import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sampleReport } from '../report/sample-report.testing.ts';
import { failedBefore } from './failed.ts';

const folder = mkdtempSync(join(tmpdir(), 'frostgate-failed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(platform: string, text: string): string {
  mkdirSync(join(folder, platform));
  writeFileSync(join(folder, platform, 'report.json'), text);
  return platform;
}

test('what failed or could not be judged, in the order of the report', () => {
  const report = sampleReport();
  const ids = report.checks.filter(({ outcome }) => outcome === 'fail' || outcome === 'inconclusive').map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(0);
  expect(failedBefore(folder, written('linux-amd64', JSON.stringify(report)))).toEqual(ids);
});

test('no report, none of this version, nothing that failed: one sentence', () => {
  expect(() => failedBefore(folder, 'windows-amd64')).toThrow(/there is no .*windows-amd64.report\.json.*run without --failed first/);
  expect(() => failedBefore(folder, written('linux-arm64', '{"schemaVersion"'))).toThrow(/is no report of this version/);
  const green = { ...sampleReport(), checks: [] };
  expect(() => failedBefore(folder, written('darwin-arm64', JSON.stringify(green)))).toThrow(/nothing failed in/);
});
