import { describe, expect, test } from 'vitest';
import { html } from '../markup.ts';
import { readPage } from '../read-page.testing.ts';
import { logLines } from '../sections/logs.ts';
import { dataTable } from './data-table.ts';
import { fitEach } from './fit.ts';
import { againstLimit, badge, checkAnchor, codeBlock, evidenceTarget } from './parts.ts';

describe('a link leads to an evidence file or nowhere', () => {
  test.each([
    ['evidence/a b/output.log', 'evidence/a%20b/output.log'],
    ['evidence/execution.failure/%2e%2e/x"', 'evidence/execution.failure/%252e%252e/x%22'],
    ['javascript:alert(1)', undefined],
    ['evidence/../../etc/passwd', undefined],
    ['evidence/./x', undefined],
    ['evidence//x', undefined],
    ['evidence/', undefined],
    ['evidence', undefined],
    ['/evidence/x', undefined],
    ['//host/evidence/x', undefined],
    ['https://host/x', undefined],
    ['evidence\\..\\x', undefined],
    ['evidence/\uD800', undefined],
  ])('%s', (path, target) => {
    expect(evidenceTarget(path)).toBe(target);
  });
});

test.each([
  [3410, 3000, 'ms', '3.41 s, limit 3.00 s (+410 ms, +13.7 %)'],
  [67e6, 100e6, 'bytes', '67 MB, limit 100 MB (−33 MB, −33 %)'],
  [2, 0, undefined, '2, limit 0 (+2)'],
])('%d against %s %s', (value, limit, unit, words) => {
  expect(againstLimit(value, limit, unit)).toBe(words);
});

test('anchors of different checks differ, and hold nothing that a link cannot', () => {
  expect(checkAnchor('environment.MAX_SIZE.default')).toBe('check-environment.MAX_5fSIZE.default');
  expect(checkAnchor('a" b')).toBe('check-a_22_20b');
});

test('a badge says its outcome in words', () => {
  expect(String(badge('not-applicable'))).toBe('<span class="badge not-applicable"><span aria-hidden="true">–</span> not ' +
    'applicable</span>');
  expect(String(badge('fail', '2 <failed>'))).toContain('2 &lt;failed&gt;');
});

test('a code block keeps its first line', () => {
  expect(String(codeBlock('\n  import io\n\timport sys\n'))).toBe('<pre><code>import io\n\timport sys</code></pre>');
});

test('a table has header cells for columns and rows; only a wide one is a region to scroll', () => {
  const content = { caption: 'Outcomes', columns: [
    { title: 'signal' }, { title: 'idle', align: 'right' },
  ], rows: [{ id: 'row', cells: ['SIGTERM', badge('pass')] }] } as const;
  const elements = readPage(String(html`<div>${dataTable({ ...content, narrow: 'scroll' })}</div>`));
  const [, region] = elements;
  expect(region?.attributes).toEqual({ class: 'scroller', role: 'region', 'aria-label': 'Outcomes', tabindex: '0' });
  expect(
    elements.filter(({ name }) => name === 'th').map(({ attributes, text }) => [attributes['scope'], text]),
  ).toEqual([['col', 'signal'], ['col', 'idle'], ['row', 'SIGTERM']]);
  expect(elements.find(({ name }) => name === 'td')?.attributes).toEqual({ 'data-column': 'idle', class: 'number' });
  expect(String(dataTable(content))).not.toContain('tabindex');
});

test('blocks are shown while they fit, the first one always; the others are not even rendered', () => {
  const rendered: string[] = [];
  const fitting = (budgetBytes: number) =>
    fitEach(['aaaa', 'bb', 'cc', 'dd'], budgetBytes, (text) => { rendered.push(text); return html`${text}`; });
  expect(fitting(6)).toMatchObject({ omitted: 2 });
  expect(rendered).toEqual(['aaaa', 'bb', 'cc']);
  expect(fitting(6).shown.map(String)).toEqual(['aaaa', 'bb']);
  expect(fitting(1).shown.map(String)).toEqual(['aaaa']);
  expect(fitting(10).omitted).toBe(0);
  expect(fitEach(['a', 'é'], 2, (text) => html`${text}`).shown).toHaveLength(1);
});

describe('lines of a log', () => {
  const lines = (...numbers: number[]) => numbers.map((number) => ({ number, text: `line <${number}>` }));

  test('are numbered, and what is left out is counted', () => {
    const shown = readPage(String(logLines(lines(2, 3, 9))));
    expect(shown.filter(
      ({ attributes }) => attributes['class']?.startsWith('line') && !attributes['class'].includes('number'),
    ).map(({ text }) => text)).toEqual(['… 1 line …', '2line <2>', '3line <3>', '… 5 lines …', '9line <9>']);
    expect(shown.filter(({ name }) => name === 'details')).toEqual([]);
  });

  test('a telling one is marked in words, and what is far from it is folded', () => {
    const telling = { number: 40, text: 'No module named "x"', hazard: 'PI-01' };
    const shown = readPage(String(logLines([...lines(1, 2, 3, 4, 5, 6), telling, ...lines(41, 42, 43, 44, 45, 46)])));
    expect(
      shown.filter(({ attributes }) => attributes['class'] === 'line told').map(({ text }) => text),
    ).toEqual(['40PI-01 No module named "x"']);
    expect(shown.filter(({ name }) => name === 'summary').map(({ text }) => text)).toEqual(['lines 1 to 2', 'lines 45 to 46']);
  });
});
