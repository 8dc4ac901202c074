import { expect, test } from 'vitest';
import { annotations } from './annotations.ts';
import type { CheckResult, Verdict } from '../model/report.ts';
import { sampleCheck, sampleDecision, sampleReport } from './sample-report.testing.ts';

const linesOf = (text: string) => text.split('\n').slice(0, -1);
const failures = (number: number) =>
  Array.from({ length: number }, (_, index) => sampleCheck(`execution.n${index}`, { outcome: 'fail', reason: `reason ${index}` }));
const pass: Verdict = { outcome: 'pass', decidedBy: [], sentence: 'All passed.' };

test('the whole text', () => {
  expect(annotations(sampleReport()).replaceAll(/%0A|::(?=execution)/g, '\n  $&')).toMatchInlineSnapshot(`
    "::error file=suites/05-execution.suite.ts,line=12,title=linux-amd64%3A a failing workflow keeps its failure type
      ::execution.failure: the failure lost its type
      %0Aexpected: ApplicationFailure type "Planned", non-retryable
      %0Agot: failure without type; the workflow task failed 3 times before
      %0Awhy: TW-18: PyInstaller's importer calls open(), which the workflow sandbox forbids.
      %0Ado: Add a runtime hook:
      %0Aimport io, pyimod01_archive
      %0Ado: see the finding
    ::error title=linux-amd64%3A promise of execution.retry
      ::execution.retry: attempt 2 never came
      %0Awhy: TW-18: PyInstaller's importer calls open(), which the workflow sandbox forbids.
      %0Ado: Add a runtime hook:
      %0Aimport io, pyimod01_archive
    ::warning title=linux-amd64%3A promise of parity.log::parity.log: the baseline failed
    "
  `);
});

test('what is worse than the last release, or cannot be told, is annotated with its sentence', () => {
  const { sentence } = sampleDecision();
  const cpu = `beside the last release: ${sentence}`;
  const stop = 'beside the last release: the stop is 12 % slower: inconclusive after 120 pairs';
  const text = annotations(sampleReport({ verdict: { ...pass, outcome: 'fail' }, findings: [], checks: [
    sampleCheck('performance.cpu', { outcome: 'fail', reason: cpu }),
    sampleCheck('performance.stop', { outcome: 'inconclusive', reason: stop }),
  ], decisions: [sampleDecision()] }));
  expect(text.replaceAll('%25', '%').split('\n').map((line) => line.slice(line.indexOf('performance')))).toEqual([
    expect.stringContaining(cpu), expect.stringContaining(stop), '',
  ]);
});

test('nothing for a pass', () => {
  expect(annotations(sampleReport({
    checks: [sampleCheck('startup.ready'), sampleCheck('host.odd-path', { outcome: 'not-applicable', reason: 'so' })], verdict: pass,
  }))).toBe('');
});

test('nine at most, errors before warnings, and the tenth line tells the rest', () => {
  const unjudged = sampleCheck('parity.log', { outcome: 'inconclusive', reason: 'no baseline' });
  const verdict: Verdict = { ...pass, outcome: 'fail' };
  const shown = (checks: CheckResult[]) => linesOf(annotations(sampleReport({ checks, verdict })));
  const nine = shown([unjudged, ...failures(8)]);
  expect(nine).toHaveLength(9);
  expect(nine[8]).toMatch(/^::warning .*::parity\.log: no baseline$/);
  const many = shown([unjudged, ...failures(40)]);
  expect(many).toHaveLength(10);
  expect(many[9]).toBe('::error title=linux-amd64%3A more::and 32 more, see the summary');
  expect(shown([...failures(9), unjudged])[9]).toMatch(/^::warning .*::and 1 more/);
});

test('checks that could not be judged for one reason share an annotation', () => {
  const checks = ['a', 'b', 'c'].map(
    (name) => sampleCheck(`parity.${name}`, { outcome: 'inconclusive', reason: name === 'c' ? 'other' : 'no server' }),
  );
  expect(linesOf(annotations(sampleReport({ checks, findings: [], verdict: { ...pass, outcome: 'inconclusive' } })))).toEqual([
    '::warning title=linux-amd64%3A 2 checks could not be judged::parity.a, parity.b: no server',
    '::warning title=linux-amd64%3A promise of parity.c::parity.c: other',
  ]);
});

test('a verdict that no check explains, and checks that never ran, are told', () => {
  const verdict: Verdict = { outcome: 'fail', decidedBy: ['shutdown.drain'], sentence: 'The executable changed during the run.' };
  expect(linesOf(annotations(sampleReport({ checks: [sampleCheck('startup.ready')], verdict })))).toEqual([
    '::error title=linux-amd64%3A fail::The executable changed during the run.',
    '::warning title=linux-amd64%3A 1 check never ran::never ran: shutdown.drain',
  ]);
});

test('a message that says nothing is replaced by the title, and a place needs a file', () => {
  const nothing = sampleReport({ checks: [], verdict: { ...pass, outcome: 'inconclusive', sentence: '\u0000\n' } });
  expect(annotations(nothing)).toBe('::warning title=linux-amd64%3A inconclusive::linux-amd64: inconclusive\n');
  const place = (file: string, line: number) => annotations(
    sampleReport({ checks: [sampleCheck('host.a', { outcome: 'fail', reason: 'r', file, line })], verdict: pass }),
  ).split('title')[0];
  expect([place('suites\\a.ts', 3), place('a.ts', 0), place('\u001B', 3)]).toEqual([
    '::error file=suites/a.ts,line=3,', '::error file=a.ts,', '::error ',
  ]);
});

test('messages and titles are short', () => {
  const checks = [sampleCheck('execution.a', { title: 't'.repeat(5000), outcome: 'fail', reason: 'r'.repeat(1_000_000) })];
  expect(annotations(sampleReport({ checks, verdict: { ...pass, outcome: 'fail' } })).length).toBeLessThan(1300);
});
