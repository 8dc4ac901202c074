import { expect, test } from 'vitest';
import { disarmedElements, readMarkdown } from './formats/read-markdown.testing.ts';
import { markdown } from './markdown.ts';
import { forbidden, hostileReport } from './sample-hostile.testing.ts';
import { sampleCheck, sampleDecision, sampleReport } from './sample-report.testing.ts';

const evidenceOf = (path: string, excerpt: { number: number; text: string; hazard?: string }[]) => ({
  path, title: path, sha256: '0'.repeat(64), excerpt,
});

test('the whole report', async () => {
  await expect(markdown(sampleReport())).toMatchFileSnapshot('golden/report.md');
});

test('a real reader sees a row for each check, every heading, and links to evidence alone', () => {
  const { html, headings, links } = readMarkdown(markdown(sampleReport()));
  const rows = html.slice(html.indexOf('<h2>Checks</h2>'), html.indexOf('<h2>What was not verified</h2>')).match(/<tr>\n<td>/g);
  expect(rows).toHaveLength(sampleReport().checks.length);
  expect(headings.filter((heading) => heading.startsWith('2 '))).toEqual(
    [
      'What decided it', 'Findings', 'What was verified', 'What was bundled', 'Performance', 'Checks', 'What was not verified',
      'Where the time went', 'Reproduce',
    ].map((title) => `2 ${title}`),
  );
  expect(new Set(links)).toEqual(new Set(['evidence/execution.failure/history.json']));
});

test('what was decided beside the last release is a table of its own', () => {
  expect(markdown(sampleReport({ decisions: [sampleDecision()] }))).toContain('## Beside the last release\n\n' +
    '| compared | answer | what the pairs say |\n| --- | --- | --- |\n| cpu.ready | fail | CPU to ready is 7.9 % higher, ');
});

test('partial, interrupted and warnings stand at the top', () => {
  const lines = markdown(sampleReport({ partial: ['--only startup'], interrupted: 'SIGINT', warnings: ['Redis was slow.'] })).split('\n');
  expect(lines.slice(4, 9)).toEqual([
    '> **Note** Partial run: --only startup. The release gate refuses it.',
    '>',
    '> **Note** Interrupted by SIGINT: the checks after it never ran.',
    '>',
    '> **Note** Redis was slow.',
  ]);
});

test('a report with nothing in it still tells what it is', () => {
  const empty = sampleReport(
    {
      subject: null, server: null, services: [], baseline: null, baselineAbsent: 'no Poetry project', contract: null, checks: [],
      findings: [], measurements: [], notVerified: [],
    },
  );
  expect(markdown(empty)).toContain('none: no Poetry project');
});

test('of what was bundled the heaviest are shown, the rest is counted, and an opaque executable says nothing', () => {
  const sizes = Array.from({ length: 9 }, (_, index) => ({
    name: `d${index}`, ...(index === 0 && { version: '1.0|2' }), storedBytes: 1e6 * (9 - index), extractedBytes: 0,
  }));
  const contents = sampleReport().contents;
  const text = markdown(sampleReport({ contents: contents && { ...contents, sizes } }));
  expect(text).toContain('| d0 | 1.0&#124;2 | 9 MB | 0 bytes | 20.0 % |\n| d1 |  | 8 MB |');
  expect(text).toContain('| 3 others |  | 6 MB | 0 bytes | 13.3 % |\n');
  expect(markdown(sampleReport({ contents: null }))).not.toContain('bundled');
});

test('of the evidence, the telling lines and those beside them are shown, else the last', () => {
  const lines = (count: number, telling?: number) =>
    Array.from({ length: count }, (_, index) => ({
      number: index + 1, text: `line ${index + 1}`, ...(index + 1 === telling && { hazard: 'TW-18' }),
    }));
  const shownOf = (evidence: ReturnType<typeof evidenceOf>[]) =>
    /```text\n(.*?)\n```\n\n<\/details>/s.exec(
      markdown(sampleReport({ findings: [], checks: [sampleCheck('execution.a', { outcome: 'fail', reason: 'so', evidence })] })),
    )?.[1]?.split('\n');
  const log = evidenceOf('evidence/log', lines(40));
  expect(shownOf([evidenceOf('evidence/telling', lines(30, 10)), log])).toEqual([
    ' 8 | line 8', ' 9 | line 9', '10 | line 10   <-- TW-18', '11 | line 11', '12 | line 12',
  ]);
  expect(shownOf([evidenceOf('evidence/history', lines(9)), log])).toEqual(
    lines(40).slice(-12).map(({ number, text }) => `${number} | ${text}`),
  );
  expect(
    shownOf([evidenceOf('evidence/far', [{ number: 3, text: 'a', hazard: 'X' }, { number: 90, text: 'b' }])]),
  ).toEqual([' 3 | a   <-- X', '   …', '90 | b']);
});

test('checks that could not be judged for one reason are told once', () => {
  const checks = ['a', 'b'].map((name) => sampleCheck(`parity.${name}`, { outcome: 'inconclusive', reason: 'no server' }));
  const text = markdown(
    sampleReport({ checks, findings: [], verdict: { outcome: 'inconclusive', decidedBy: ['parity.a', 'parity.b'], sentence: 'So.' } }),
  );
  expect(text).toContain('### inconclusive: 2 checks\n\n`parity.a`, `parity.b`\n\n- Reason: no server\n');
});

test('hostile text stays text', () => {
  const text = markdown(hostileReport());
  const { elements, links, html } = readMarkdown(text);
  expect(text).not.toMatch(forbidden);
  expect(text).not.toMatch(/^\s*::|##\[/m);
  expect(elements).not.toContain('script');
  expect(disarmedElements(html)).toEqual([]);
  expect(links.every((link) => /^evidence\/[^:]+$/.test(link))).toBe(true);
  expect(html.match(/<h1>/g)).toHaveLength(1);
});
