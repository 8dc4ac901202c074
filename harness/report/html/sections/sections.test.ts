import { describe, expect, test } from 'vitest';
import type { Report } from '../../../model/report.ts';
import { sampleCheck, sampleDecision, sampleReport } from '../../sample-report.testing.ts';
import { html, type Markup } from '../markup.ts';
import { size } from '../page.ts';
import { readPage } from '../read-page.testing.ts';
import { sampleContents } from '../samples/contents.testing.ts';
import { failingRun, passingRun, worseRun } from '../samples/runs.testing.ts';
import { checks, shutdown } from './checks.ts';
import { findings } from './decision.ts';
import { decisions } from './decisions.ts';
import { logs } from './logs.ts';
import { measurements, memory } from './measurements.ts';
import { startUp } from './start-up.ts';

type Section = (report: Report) => Markup | undefined;
const elementsOf = (section: Section, report: Report) => readPage(String(html`<div>${section(report)}</div>`));
const cellsOf = (section: Section, report: Report) =>
  elementsOf(section, report).filter(({ name }) => name === 'td' || name === 'th').map(({ text }) => text);

test('shutdown is a matrix of signal and moment, with outcome, time and remark', () => {
  const cells = cellsOf(shutdown, passingRun());
  expect(cells.slice(0, 9)).toEqual([
    'signal', 'idle', 'in-flight',
    'SIGTERM to parent', '✓ pass 229 ms of 15.0 s5 stops, exit 0 in 5, slowest 0.4 s', '✓ pass 1.12 s of 15.0 s5 stops, exit 0 in 5, ' +
      'slowest 1.3 s',
    'SIGINT to parent', '✓ pass 205 ms of 15.0 s5 stops, exit 0 in 5, slowest 0.3 s', 'not checked',
  ]);
  expect(cells.slice(12, 15)).toEqual(['no process outlives its launch', '✓ pass', '15 stops']);
});

describe('beside the last release', () => {
  test('what was decided is a picture and a table, and nothing where none was named', () => {
    const report = sampleReport({ decisions: [sampleDecision()] });
    expect(cellsOf(decisions, report)).toEqual([
      'compared', 'answer', 'what the pairs say', 'CPU to ready', '✕ fail', sampleDecision().sentence,
    ]);
    expect(elementsOf(decisions, report).find(({ name }) => name === 'desc')?.text).toBe(`${sampleDecision().sentence}.`);
    expect(decisions(sampleReport())).toBeUndefined();
  });

  test('what has come into the file, what has left it and what has another version, the largest difference first', () => {
    const described = elementsOf(decisions, worseRun()).filter(({ name }) => name === 'desc').map(({ text }) => text);
    expect(described.at(-1)).toBe(
      'shared libraries +7.8 MB, numpy +6.3 MB (new, 2.1.3), tiktoken −1.2 MB (gone), redis +20.5 kB (8.1.0 → 8.2.0).',
    );
    const run = worseRun();
    const same = { ...run, contents: run.previous?.contents ?? null };
    expect(elementsOf(decisions, same)[0]?.text).toContain('Both hold the same distributions in the same size: 7129 modules');
  });

  test('how the last release started stands beside how this one does', () => {
    const [title] = elementsOf(startUp, worseRun()).filter(({ name }) => name === 'desc');
    expect(title?.text).toMatch(/subject, n 5: unpacking .*previous, n 5: unpacking /);
  });
});

describe('start-up', () => {
  test('shows medians of each mark as phases, subject against baseline', () => {
    const cells = cellsOf(startUp, passingRun());
    expect(cells).toEqual([
      'phase', 'subject', 'baseline',
      'unpacking', '700 ms', '–',
      'starting Python', '29 ms', '–',
      'importing until first output', '95 ms', '91 ms',
      'until connected', '336 ms', '350 ms',
      'until ready', '85 ms', '86 ms',
      'together', '1.25 s', '527 ms',
    ]);
    expect(
      elementsOf(startUp, passingRun()).filter(({ attributes }) => attributes['class'] === 'name').map(({ text }) => text),
    ).toEqual(['subject, n 5', 'baseline, n 5']);
  });

  test('a phase never has a negative length, although not every launch shows every mark', () => {
    const startUps: Report['startUps'] = [
      { variant: 'subject', marks: [{ name: 'first output', atMs: 900 }] },
      { variant: 'subject', marks: [{ name: 'ready', atMs: 700 }] },
    ];
    expect(cellsOf(startUp, sampleReport({ startUps })).slice(2)).toEqual([
      'importing until first output', '900 ms', 'until ready', '0 ms', 'together', '900 ms',
    ]);
  });

  test('phases of marks that were not seen are part of the next one', () => {
    const startUps: Report['startUps'] = [{ variant: 'subject', marks: [{ name: 'unpacked', atMs: 500 }, { name: 'ready', atMs: 900 }] }];
    expect(cellsOf(startUp, sampleReport({ startUps })).slice(2)).toEqual([
      'unpacking', '500 ms', 'until ready', '400 ms', 'together', '900 ms',
    ]);
  });

  test('says how much a one-file executable unpacks, where that could be timed', () => {
    const sentence = 'Each start unpacks 131 files, 140.1 MB, in 700 ms.';
    const run = passingRun();
    const folder = { ...run, contents: run.contents && { ...run.contents, kind: 'one-dir' as const } };
    const untimed = { ...run, startUps: run.startUps.filter(({ variant }) => variant === 'baseline') };
    const said = [run, folder, untimed, { ...run, contents: null }].map(
      (report) => elementsOf(startUp, report).filter(({ name }) => name === 'p').map(({ text }) => text),
    );
    expect(said).toEqual([[sentence], [], [], []]);
  });

  test('launches without a mark are no data', () => {
    expect(startUp(sampleReport({ startUps: [{ variant: 'subject', marks: [] }] }))).toBeUndefined();
  });
});

test('measurements: a row a metric, every sample a dot, all stop times in one plot', () => {
  const elements = elementsOf(measurements, passingRun());
  const samples = passingRun().measurements.flatMap((measurement) => measurement.samples).length;
  expect(elements.filter(({ name }) => name === 'circle')).toHaveLength(samples);
  const captions = elements.filter(({ name }) => name === 'figcaption').map(({ text }) => text);
  expect(captions).toEqual(['version command highest at 33 % of the limit', 'start to ready highest at 13 % of the ' +
    'limit', 'memory after one execution highest at 46 % of the limit', 'unpacked files highest at 35 % of the ' +
      'limit', 'time to stop highest at 9 % of the limit']);
  const words = elements.filter(({ name }) => name === 'desc').at(-1)?.text;
  expect(words).toBe('SIGTERM idle: median 229 ms, from 183 ms to 418 ms, n 5. SIGINT idle: median 205 ms, from 154 ms to 269 ms, n 5. ' +
    'SIGTERM in-flight: median 1.12 s, from 1.09 s to 1.28 s, n 5. Limit 15.0 s, beyond the end of the axis.');
  expect(cellsOf(measurements, passingRun())).toContain('904 ms ± 116 ms (n 5)');
});

test('memory over time: a point a reading, in words too, and the readings themselves', () => {
  const elements = elementsOf(memory, passingRun());
  expect(elements.filter(({ name }) => name === 'circle')).toHaveLength(40);
  expect(elements.find(({ name }) => name === 'desc')?.text).toBe('subject: from 89 MB to 186 MB, at most 186 MB, 40 points. Limit 400 ' +
    'MB.');
  expect(elements.filter(({ name }) => name === 'code').at(0)?.text).toBe('ready');
  expect(memory(sampleReport({ memoryCourses: [{ variant: 'subject', points: [] }] }))).toBeUndefined();
});

describe('size by distribution', () => {
  test('totals, the largest in numbers, and the others together', () => {
    const elements = elementsOf(size, passingRun());
    expect(elements.find(({ name }) => name === 'p')?.text).toBe('Python 3.11, 7129 modules and 82 native files in 66.9 MB; each start ' +
      'unpacks 131 files, 140.1 MB.');
    const cells = cellsOf(size, passingRun());
    expect(cells.slice(0, 8)).toEqual(['distribution', 'stored', 'unpacked', 'share', 'Python', '17.1 MB', '36.3 MB', '25.8 %']);
    expect(cells).toHaveLength(4 * 14);
    expect(cells.slice(-8)).toEqual(['redis 8.1.0', '992.1 kB', '17.7 kB', '1.5 %', '36 others', '8.4 MB', '11.1 MB', '12.6 %']);
  });

  test('the picture has specks together, and says its parts in words', () => {
    const elements = elementsOf(size, passingRun());
    const [words] = elements.filter(({ name }) => name === 'desc').map(({ text }) => text);
    expect(words).toMatch(/^Python 17\.1 MB, temporalio 11\.9 MB, .*, and \d+ smaller ones\.$/);
    const [wide] = elements.filter(({ name, attributes }) => name === 'div' && attributes['class'] === 'wide');
    expect(wide?.text).toMatch(/\d+ others: [\d.]+ kB/);
    expect(elements.filter(({ attributes }) => attributes['class'] === 'manager')).toHaveLength(2);
  });

  test('one distribution too many is shown itself; nothing is drawn of what takes nothing', () => {
    const sizes = Array.from({ length: 13 }, (_, index) => ({ name: `d${index}`, storedBytes: 100 - index, extractedBytes: 0 }));
    expect(cellsOf(size, sampleReport({ contents: { ...sampleContents(), sizes } }))).toContain('d12');
    expect(
      cellsOf(size, sampleReport({ contents: { ...sampleContents(), sizes: [{ name: 'd', storedBytes: 0, extractedBytes: 0 }] } })),
    ).toEqual([]);
    expect(size(sampleReport({ contents: null }))).toBeUndefined();
  });
});

test('findings put the remedy before the cause, line for line', () => {
  const elements = elementsOf(findings, failingRun());
  const labels = elements.filter(({ name }) => name === 'dt').map(({ text }) => text);
  expect(labels.slice(0, 4)).toEqual(['Do', 'Cause', 'Explains', 'Telling line']);
  expect(elements.filter(({ name }) => name === 'pre').map(({ text }) => text.split('\n').length)).toEqual([1, 1, 4, 1]);
});

test('logs of failed checks are unfolded where a hazard is told for the first time', () => {
  const blocks = elementsOf(logs, failingRun()).filter(({ attributes }) => attributes['class'] === 'area');
  expect(blocks.map(({ attributes }) => 'open' in attributes)).toEqual([true, false, true]);
  expect(blocks[0]?.text).toContain('execution.answers output of the worker, tells BC-04');
  expect(blocks[0]?.text).toContain("99BC-04 FileNotFoundError: [Errno 2]");
});

describe('checks by area', () => {
  const areas = (report: Report) => elementsOf(checks, report).filter(({ attributes }) => attributes['class'] === 'area');

  test('unfolds the areas in which something failed', () => {
    expect(
      areas(failingRun()).filter(({ attributes }) => 'open' in attributes).map(({ text }) => text.split(' ')[0]),
    ).toEqual(['execution', 'performance']);
    expect(areas(passingRun()).filter(({ attributes }) => 'open' in attributes)).toEqual([]);
  });

  test('counts outcomes, and folds the evidence of a check', () => {
    expect(areas(passingRun())[4]?.text).toContain('environment ✓ 21 passed – 10 not applicable');
    const [evidence] = elementsOf(checks, sampleReport({
      checks: [sampleCheck('execution.x', { evidence: [{ path: 'evidence/x/a.log', sha256: '', title: 'output' }] })],
    })).filter(({ name, attributes }) => name === 'details' && attributes['class'] === undefined);
    expect(evidence?.text).toBe('evidenceoutput');
    expect(evidence?.attributes).toEqual({});
  });
});
