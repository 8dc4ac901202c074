import { expect, test } from 'vitest';
import { markdown } from './markdown.ts';
import { forbidden, hostileReport } from './sample-hostile.ts';
import { sampleReport } from './sample-report.ts';

test('the whole report', async () => {
  await expect(markdown(sampleReport())).toMatchFileSnapshot('golden/report.md');
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
  const empty = sampleReport({ subject: null, server: null, services: [], baseline: null, baselineAbsent: 'no Poetry project', contract: null, checks: [], findings: [], measurements: [], notVerified: [] });
  expect(markdown(empty)).toContain('none: no Poetry project');
});

test('hostile text stays text', () => {
  const text = markdown(hostileReport());
  const fences = /^(`{3,})\w*\n[\s\S]*?\n\1$/gm;
  const outside = text.replaceAll(fences, '');
  expect(text).not.toMatch(forbidden);
  expect(outside).not.toMatch(/<(?!\/?code>)/);
  expect(outside).not.toMatch(/^(```|::|# head)/m);
  for (const row of outside.split('\n').filter((line) => line.startsWith('| `'))) expect(row.split('|')).toHaveLength(9);
});
