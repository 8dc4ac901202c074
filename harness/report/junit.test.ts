import { expect, test } from 'vitest';
import { junit } from './junit.ts';
import { forbidden, hostileReport } from './sample-hostile.ts';
import { sampleReport } from './sample-report.ts';

const verdict = (outcome: 'pass' | 'fail' | 'inconclusive') => ({ outcome, decidedBy: [], sentence: 'So it is.' });
const countOf = (xml: string, pattern: RegExp) => xml.match(pattern)?.length ?? 0;

test('the whole file', async () => {
  await expect(junit(sampleReport())).toMatchFileSnapshot('golden/report.xml');
});

test('counters match the content, in total and for each suite', () => {
  const xml = junit(sampleReport());
  for (const part of [xml, ...xml.split('<testsuite ').slice(1).map((text) => `<testsuite ${text}`)]) {
    const header = /tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(part)?.slice(1).map(Number);
    expect(header).toEqual([countOf(part, /<testcase /g), countOf(part, /<failure /g), countOf(part, /<error /g), countOf(part, /<skipped /g)]);
  }
});

test('a check that never ran is an error', () => {
  const report = sampleReport({ verdict: { outcome: 'fail', decidedBy: ['shutdown.drain'], sentence: 'One never ran.' } });
  expect(junit(report)).toContain('<testcase name="shutdown.drain" classname="linux-amd64.shutdown" time="0.000">\n      <error message="never ran" type="never-ran">One never ran.</error>');
});

test('a verdict that no check accounts for is a case of its own', () => {
  const checks = sampleReport().checks.filter(({ outcome }) => outcome === 'pass');
  expect(junit(sampleReport({ checks, verdict: verdict('fail') }))).toContain('<failure message="So it is." type="fail">');
  expect(junit(sampleReport({ checks: [], verdict: verdict('inconclusive') }))).toContain('<testsuites name="frostgate" tests="1" failures="0" errors="1"');
  expect(junit(sampleReport({ checks, verdict: verdict('pass') }))).not.toContain('run.verdict');
});

test('hostile text stays text', () => {
  const xml = junit(hostileReport());
  expect(xml).not.toMatch(forbidden);
  expect(xml).not.toMatch(/<script|\]\]>/);
  expect(countOf(xml, /<failure /g)).toBe(countOf(xml, /<\/failure>/g));
  for (const [, value] of xml.matchAll(/="([^"]*)"/g)) expect(value).not.toMatch(/[\n<]/);
});
