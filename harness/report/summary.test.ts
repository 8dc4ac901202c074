import { expect, test } from 'vitest';
import { readMarkdown } from './formats/read-markdown.testing.ts';
import type { Verdict } from '../model/report.ts';
import { forbidden, hostileReport } from './sample-hostile.testing.ts';
import { sampleCheck, sampleReport } from './sample-report.testing.ts';
import { bar, jobSummary } from './summary.ts';

const verdict: Verdict = { outcome: 'fail', decidedBy: [], sentence: 'Too much went wrong.' };
const bytesOf = (text: string) => Buffer.byteLength(text);
/** Each check is told with its reason, the list of details and an excerpt of the given sizes; the euro sign takes three bytes. */
const failures = (count: number, excerptLength: number, gotLength: number, reasonLength = 10) =>
  Array.from({ length: count }, (_, index) =>
    sampleCheck(`execution.n${index}`, {
      outcome: 'fail',
      reason: '€'.repeat(reasonLength),
      got: 'got '.repeat(gotLength / 4),
      evidence: [{ path: 'evidence/log', title: 'log', sha256: '0'.repeat(64), excerpt: [
        { number: 1, text: 'x'.repeat(excerptLength), hazard: 'TW-18' },
      ] }],
    }),
  );

test('the whole summary', async () => {
  await expect(jobSummary(sampleReport())).toMatchFileSnapshot('golden/summary.md');
});

test.for([
  [0, '░░░░░░░░░░ 0 %'],
  [43, '████░░░░░░ 43 %'],
  [100, '██████████ 100 %'],
  [134, '██████████ 134 %'],
])('%i of 100 is %s', ([value, expected]) => {
  expect(bar(Number(value) / 100).replaceAll('\u00A0', ' ')).toBe(expected);
});

test('a limit of 0 has no bar', () => {
  expect([bar(5 / 0), bar(0 / 0), bar(-1 / 5)]).toEqual(['–', '–', '–']);
});

test('above the budget excerpts go first, then details, then checks; the verdict stays', () => {
  const summaryOf = (...sizes: Parameters<typeof failures>) =>
    jobSummary(sampleReport({ checks: failures(...sizes), findings: [], verdict }));
  const texts = {
    whole: summaryOf(10, 400, 400),
    'no excerpts': summaryOf(300, 450, 40),
    'no details': summaryOf(300, 400, 2000),
    'fewer checks': summaryOf(1000, 400, 2000, 300),
    // 150,000 characters, but 390,000 bytes.
    'as many characters, more bytes': summaryOf(400, 4, 4, 300),
  };
  const seen = Object.values(texts).map(
    (text) => (
      {
        excerpt: text.includes('<-- TW-18'), details: text.includes('- Got:'), last: text.includes('execution.n299'),
        cut: text.includes('This summary is cut'),
      }
    ),
  );
  expect(seen).toEqual([
    { excerpt: true, details: true, last: false, cut: false },
    { excerpt: false, details: true, last: true, cut: true },
    { excerpt: false, details: false, last: true, cut: true },
    { excerpt: false, details: false, last: false, cut: true },
    { excerpt: false, details: false, last: false, cut: true },
  ]);
  for (const text of Object.values(texts)) {
    expect(bytesOf(text)).toBeLessThanOrEqual(200_000);
    expect(text).toContain('❌ FAIL: agent-runner, linux-amd64\n\nToo much went wrong.');
  }
  expect(texts['fewer checks']).toContain('and 970 lines more');
});

test('the worst text of every field still leaves the verdict', () => {
  const long = '|@1'.repeat(100_000);
  const finding = {
    hazard: long, args: {}, cause: long, remedy: long, line: long, source: long, explains: Array.from({ length: 50 }, () => long),
  };
  const report = sampleReport({
    checks: failures(15, 10, 10).map((check) => ({ ...check, id: long, title: long, reason: long, expected: long })),
    findings: Array.from({ length: 15 }, () => finding),
    warnings: Array.from({ length: 40 }, () => long),
    notVerified: Array.from({ length: 40 }, () => long),
    verdict: { ...verdict, sentence: `Too much went wrong. ${long}` },
  });
  const text = jobSummary(report);
  expect(bytesOf(text)).toBeLessThanOrEqual(200_000);
  expect(text).toContain('❌ FAIL: agent-runner, linux-amd64\n\nToo much went wrong.');
});

test('a pass, an inconclusive run and one without an executable say so in the first line', () => {
  const first = (more: Parameters<typeof sampleReport>[0]) =>
    jobSummary(sampleReport({ checks: [], findings: [], ...more })).split('\n')[0];
  expect(first({ verdict: { ...verdict, outcome: 'pass' } })).toBe('## ✅ PASS: agent-runner, linux-amd64');
  expect(first({ verdict: { ...verdict, outcome: 'inconclusive' }, subject: null, contract: null })).toBe('## ⚠️ INCONCLUSIVE: no ' +
    'executable, linux-amd64');
});

test('hostile text stays text', () => {
  const text = jobSummary(hostileReport());
  const { elements, links } = readMarkdown(text);
  expect(text).not.toMatch(forbidden);
  expect(text).not.toMatch(/^\s*::|##\[/m);
  expect(links).toEqual([]);
  expect(elements.filter((name) => ['script', 'h1', 'img'].includes(name))).toEqual([]);
});
