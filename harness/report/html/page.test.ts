import { describe, expect, test } from 'vitest';
import { areas, type CheckResult, type Report } from '../../model/report.ts';
import { sampleCheck, sampleReport } from '../sample-report.testing.ts';
import { htmlReport } from './page.ts';
import { readPage, type PageElement } from './read-page.testing.ts';
import { sampleContents } from './samples/contents.testing.ts';
import { failingRun, inconclusiveRun, passingRun } from './samples/runs.testing.ts';

const sectionsOf = (report: Report): string[] =>
  readPage(htmlReport(report)).filter(({ name }) => name === 'section').map(({ attributes }) => attributes['id'] ?? '');

/** All text of one section. */
function textOf(report: Report, id: string): string {
  return readPage(htmlReport(report)).find(({ name, attributes }) => name === 'section' && attributes['id'] === id)?.text ?? '';
}

/** The elements that belong to an element, which stand after it and deeper. */
function inside(elements: readonly PageElement[], start: (element: PageElement) => boolean): PageElement[] {
  const index = elements.findIndex(start);
  const depth = elements[index]?.depth ?? 0;
  const rest = elements.slice(index + 1);
  const end = rest.findIndex((element) => element.depth <= depth);
  return end === -1 ? rest : rest.slice(0, end);
}

describe('a section appears when the report has its data', () => {
  test('everything', () => {
    expect(sectionsOf({ ...failingRun(), interrupted: 'SIGINT' })).toEqual(
      [
        'decision', 'findings', 'logs', 'checks', 'shutdown', 'start-up', 'measurements', 'memory', 'size', 'not-verified', 'time',
        'environment', 'reproduce',
      ],
    );
  });

  test('a pass', () => {
    expect(sectionsOf(passingRun())).toEqual([
      'checks', 'shutdown', 'start-up', 'measurements', 'memory', 'size', 'not-verified', 'time', 'environment', 'reproduce',
    ]);
  });

  test('nothing', () => {
    const empty = sampleReport(
      {
        subject: null, contents: null, server: null, services: [], baseline: null, baselineAbsent: 'no Poetry project', contract: null,
        checks: [], findings: [], measurements: [], startUps: [], memoryCourses: [], notVerified: [],
        verdict: { outcome: 'inconclusive', decidedBy: [], sentence: 'No check ran.' },
      },
    );
    expect(sectionsOf(empty)).toEqual(['time', 'environment', 'reproduce']);
    expect(htmlReport(empty)).toContain('none: no Poetry project');
  });

  test('the navigation names exactly these', () => {
    const elements = readPage(htmlReport(failingRun()));
    const links = inside(elements, ({ name }) => name === 'nav').filter(({ name }) => name === 'a');
    expect(links.map(({ attributes }) => attributes['href']?.slice(1))).toEqual(sectionsOf(failingRun()));
  });
});

describe('the head', () => {
  const head = (report: Report) => htmlReport(report).split('<section')[0] ?? '';

  test('says the verdict, its reservations, the bytes and what they met', () => {
    const { partial, warnings, verdict } = inconclusiveRun();
    for (
      const fact of [
        'INCONCLUSIVE', verdict.sentence, `Partial run: ${partial[0]}. The release gate refuses it.`, warnings[0] ?? '-',
        'dist/agent-runner', '3'.repeat(64), '77.6 MB', 'PyInstaller one-file, Python 3.13', '1.0.0', 'linux-amd64, glibc 2.36',
        'no Temporal server', 'from source, Python 3.13.0', '2026-11-20 10:00 UTC in 1 min 24 s',
      ]
    ) {
      expect(head(inconclusiveRun())).toContain(fact);
    }
  });

  test('says what to do', () => {
    expect(head(failingRun())).toContain('<li>Add datas += collect_data_files(&#39;agent_runner&#39;) to the spec file and rebuild. ' +
      '<span class="muted"><a href="#finding-1">BC-04</a>, explains 2 checks</span></li>');
  });

  test('a file that changed during the run is not passed over', () => {
    const run = passingRun();
    expect(
      head({ ...run, subject: run.subject && { ...run.subject, sha256After: 'f'.repeat(64) } }),
    ).toContain(`changed: ${'f'.repeat(64)}`);
  });
});

describe('headings', () => {
  test.each([
    ['pass', passingRun()], ['fail', failingRun()], ['inconclusive', inconclusiveRun()],
  ])('of a %s: one first, no level left out', (_name, report) => {
    const levels = readPage(htmlReport(report)).flatMap(({ name }) => (/^h[1-6]$/.test(name) ? [Number(name.slice(1))] : []));
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });
});

test('every link inside the page has its target', () => {
  const elements = readPage(htmlReport(failingRun()));
  const ids = elements.flatMap(({ attributes }) => attributes['id'] ?? []);
  const targets = elements.flatMap(({ attributes }) => (attributes['href']?.startsWith('#') ? [attributes['href'].slice(1)] : []));
  expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('what decided: value against limit, remedy, cause and evidence', () => {
  const text = textOf(failingRun(), 'decision');
  for (
    const fact of [
      '3.41 s, limit 3.00 s (+410 ms, +13.7 %)', 'raise budgets.versionSeconds in the contract', 'BC-04 The worker opens the data file',
      "datas += collect_data_files('agent_runner')", 'output of the worker',
    ]
  ) expect(text).toContain(fact);
  expect(htmlReport(failingRun())).toContain('href="evidence/execution.answers/output.log"');
});

test('one cause that kept many checks from judging is told once', () => {
  const text = textOf(inconclusiveRun(), 'decision');
  expect(text.match(/there is no Temporal server/g)).toHaveLength(1);
  expect(text).toContain('environment.MODE.honoured');
});

test('checks that never ran are named', () => {
  const run = passingRun();
  expect(
    textOf({ ...run, verdict: { outcome: 'fail', decidedBy: ['host.no-home'], sentence: 'x' } }, 'decision'),
  ).toContain('never ran 1 check');
});

test('a full report stays far below 1.5 MB, and so does one with very long texts and very many checks', () => {
  expect(Buffer.byteLength(htmlReport(failingRun()))).toBeLessThan(200_000);
  // The worst text: a quotation mark takes six bytes in a page.
  const long = '"'.repeat(5000);
  const excerpt = Array.from({ length: 80 }, (_, index) => ({ number: index + 1, text: long, hazard: long }));
  const check = (index: number): CheckResult => (
    {
      ...sampleCheck('x'), area: areas[index % areas.length] ?? 'host', id: `execution.${index}${long}`, title: long,
      outcome: index % 2 ? 'fail' : 'inconclusive', reason: `${index}${long}`, expected: long, got: long, remedy: long, note: long,
      unit: long, value: 1, limit: 1,
      evidence: Array.from({ length: 20 }, () => ({ path: `evidence/${long}`, sha256: '0'.repeat(64), title: long, excerpt })),
    }
  );
  const run = failingRun();
  const huge: Report = {
    ...run,
    checks: Array.from({ length: 3000 }, (_, index) => check(index)),
    findings: Array.from({ length: 300 }, () => ({
      hazard: long, args: {}, cause: long, remedy: long, line: long, source: long, explains: run.checks.map(() => long),
    })),
    measurements: run.measurements.flatMap((one) => Array.from({ length: 5 }, (_, index) => ({
      ...one, metric: `${one.metric}${index}`, title: long, samples: Array.from({ length: 5000 }, () => 1),
    }))),
    memoryCourses: Array.from({ length: 20 }, () => ({
      variant: 'subject', points: Array.from({ length: 5000 }, (_, index) => ({ atMs: index, bytes: index, after: long })),
    })),
    contents: { ...sampleContents(), pythonVersion: long, sizes: Array.from(
      { length: 301 }, () => ({ name: long, version: long, storedBytes: 1, extractedBytes: 1 }),
    ) },
    partial: [long], warnings: Array.from({ length: 99 }, () => long), notVerified: Array.from({ length: 999 }, () => long),
    verdict: { outcome: 'fail', decidedBy: Array.from({ length: 999 }, (_, index) => `${index}${long}`), sentence: long },
  };
  expect(Buffer.byteLength(htmlReport(huge))).toBeLessThan(1_500_000);
});
