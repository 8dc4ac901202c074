import { expect, test } from 'vitest';
import { ctrf } from './ctrf.ts';
import { schemaErrors } from './formats/json-schema.testing.ts';
import type { Verdict } from '../model/report.ts';
import { hostileReport } from './sample-hostile.testing.ts';
import { sampleCheck, sampleDecision, sampleReport } from './sample-report.testing.ts';

const sha256 = 'd'.repeat(64);

test('the whole file', async () => {
  await expect(ctrf(sampleReport(), sha256)).toMatchFileSnapshot('golden/ctrf.json');
});

test('it is valid, with everything and with nothing', () => {
  const verdict: Verdict = { outcome: 'inconclusive', decidedBy: [], sentence: 'No check ran.' };
  const platform = { ...sampleReport().platform, runUrl: 'https://ci.example/1', commit: 'abc' };
  const empty = sampleReport({ subject: null, contract: null, checks: [], findings: [], measurements: [], verdict });
  const nameless = sampleReport({ checks: [sampleCheck('\u0000')] });
  for (const report of [
    sampleReport({ platform }), empty, nameless, hostileReport(),
  ]) expect(schemaErrors('ctrf.schema.json', ctrf(report, sha256))).toEqual([]);
});

test('what was decided beside the last release is there as data, without its samples', () => {
  const text = ctrf(sampleReport({ decisions: [sampleDecision()] }), sha256);
  expect(schemaErrors('ctrf.schema.json', text)).toEqual([]);
  const { samples: _, unit: __, ...decided } = sampleDecision();
  expect(JSON.parse(text).extra['frostgate.decisions']).toEqual([decided]);
});

test('the schema can refuse', () => {
  expect(
    schemaErrors('ctrf.schema.json', ctrf(sampleReport(), sha256).replace('"status": "other"', '"status": "inconclusive"')),
  ).not.toEqual([]);
  expect(schemaErrors('ctrf.schema.json', ctrf(sampleReport(), sha256).replace('"suites"', '"groups"'))).not.toEqual([]);
});

test('what could not be judged is never passed, and a verdict that no check accounts for is a test of its own', () => {
  const { results } = JSON.parse(ctrf(sampleReport(), sha256));
  expect(
    results.tests.find(({ name }: { name: string }) => name === 'parity.log'),
  ).toMatchObject({ status: 'other', rawStatus: 'inconclusive' });
  expect(results.summary).toMatchObject({ tests: 9, passed: 5, failed: 2, skipped: 1, pending: 0, other: 1 });
  const alone = sampleReport({ checks: [], verdict: { outcome: 'fail', decidedBy: ['startup.ready'], sentence: 'Nothing ran.' } });
  expect(JSON.parse(ctrf(alone, sha256)).results.tests).toMatchObject([
    { name: 'run.verdict', status: 'failed', message: 'Nothing ran.' },
    { name: 'startup.ready', status: 'other', rawStatus: 'never ran' },
  ]);
});

test('only an address of the web is the run', () => {
  const urlOf = (runUrl: string) =>
    JSON.parse(ctrf(sampleReport({ platform: { ...sampleReport().platform, runUrl } }), sha256)).results.environment.buildUrl;
  expect([urlOf('https://ci.example/1'), urlOf('javascript:alert(1)')]).toEqual(['https://ci.example/1', undefined]);
});

test('a clock that went back gives no negative duration', () => {
  const tool = { ...sampleReport().tool, endedAt: '2026-11-20T09:00:00Z' };
  const { start, stop, duration } = JSON.parse(ctrf(sampleReport({ tool }), sha256)).results.summary;
  expect([stop - start, duration]).toEqual([0, 0]);
});
