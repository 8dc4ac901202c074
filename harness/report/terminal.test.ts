import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { forbidden, hostileReport } from './sample-hostile.testing.ts';
import { sampleCheck, sampleDecision, sampleReport } from './sample-report.testing.ts';
import { terminalSummary } from './terminal.ts';

const plain = { colour: false, width: 100, reportFile: 'reports/linux-amd64/report.md', evidenceFolder: 'reports/linux-amd64' };

test('the whole summary', async () => {
  await expect(terminalSummary(sampleReport(), plain)).toMatchFileSnapshot('golden/summary.txt');
});

test('the last release stands below the baseline, and each decision in a line of its own', () => {
  const previous = { file: 'previous/agent-runner', sha256: '4'.repeat(64), sizeBytes: 77_000_000 };
  const passed = sampleDecision({ metric: 'wall.ready', answer: 'pass', sentence: 'ready is 0.4 % slower: pass after 8 pairs' });
  const text = terminalSummary(sampleReport({ previous, decisions: [sampleDecision(), passed] }), { colour: false, width: 140 });
  expect(text).toContain('\nprevious   previous/agent-runner   77 MB   sha256 444444444444…\n');
  expect(text).toContain('\n  beside the last release\n    fail       CPU to ready is 7.9 % higher, 95 % interval 6.1 to 9.6 %, limit ' +
    '5 %: fail after 14 pairs\n    pass       ready is 0.4 % slower: pass after 8 pairs\n');
});

test('colour changes nothing but colour', () => {
  const coloured = terminalSummary(sampleReport(), { ...plain, colour: true });
  expect(coloured).toContain('\u001B[31m');
  expect(stripVTControlCharacters(coloured)).toBe(terminalSummary(sampleReport(), plain));
});

test('a passing run ends with its verdict; a finding that explains no check is a note', () => {
  const report = sampleReport({
    checks: sampleReport().checks.filter(({ outcome }) => outcome === 'pass'),
    findings: sampleReport().findings.map((finding) => ({ ...finding, explains: [] })),
    partial: ['--profile quick'],
    verdict: { outcome: 'pass', decidedBy: [], sentence: 'Partial run (--profile quick): all 5 checks passed.' },
  });
  expect(terminalSummary(report, { colour: false, width: 80 })).toMatchInlineSnapshot(`
    "frostgate 0.1.0   linux-amd64   Temporal CLI 1.9.1, server 1.32.0
    subject    dist/agent-runner   77.6 MB   sha256 333333333333…   PyInstaller one-file, Python 3.13
    baseline   . with Python 3.13.0
    note       Partial run: --profile quick. The release gate refuses it.

      artifact      1 passed
      startup       1 passed   time to ready 1.70 s (limit 10.0 s, baseline 600 ms)
      shutdown      2 passed   25 stops, exit 0 in 25
      performance   1 passed   peak memory 148 MB (limit 400 MB)

      NOTE TW-18   PyInstaller's importer calls open(), which the workflow sandbox forbids.
           do         Add a runtime hook:
                      import io, pyimod01_archive
           seen in    evidence/execution.failure/history.json

      PASS       Partial run (--profile quick): all 5 checks passed.
      time       1 min 24 s: workers 1 min 11 s, harness 13.0 s, 23 launches
    "
  `);
});

test('what was not applicable is named by reason; what the machine cannot see stands in the verdict alone', () => {
  const none = (id: string, reason: string, more = {}) => sampleCheck(id, { outcome: 'not-applicable', reason, ...more });
  const checks = [
    none('environment.A.default', 'it has no default'), none('environment.B.default', 'it has no default'),
    none('startup.network', 'strace is not installed', { notLookedFor: 'strace is not installed' }),
    ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => none(`execution.${name}`, `reason ${name}`)),
  ];
  const lines = terminalSummary(sampleReport({ checks, measurements: [], findings: [] }), { colour: false, width: 120 }).split('\n');
  expect(lines.filter((line) => line.startsWith('  not applicable'))).toEqual([
    '  not applicable   environment.A.default, environment.B.default: it has no default',
    ...['a', 'b', 'c', 'd', 'e'].map((name) => `  not applicable   execution.${name}: reason ${name}`),
    '  not applicable   2 more, each with its reason in the report',
  ]);
});

test('nothing of the subject reaches the terminal raw, and narrow terminals wrap', () => {
  const text = terminalSummary(hostileReport(), { colour: false, width: 60 });
  expect(text).not.toMatch(forbidden);
  expect(text).not.toMatch(/^\s*::|##\[/m);
});

test('wide letters take two columns: wrapped and cut texts stay within the terminal', () => {
  const wide = '作業者は 止まらず、 行列を 読み続けた。 '.repeat(8).trim();
  const checks = [
    sampleCheck('startup.ready', { note: wide }), sampleCheck('shutdown.survivors', { outcome: 'fail', reason: wide, got: `🚀 ${wide}` }),
  ];
  const lines = terminalSummary(sampleReport({ checks, measurements: [], findings: [] }), { colour: false, width: 80 }).split('\n')
    .filter((line) => line.includes('作業者'));
  expect(lines.length).toBeGreaterThan(6);
  expect(lines.filter((line) => stringWidth(line) > 80)).toEqual([]);
});
