import { expect, test } from 'vitest';
import { UsageError } from '../../model/errors.ts';
import { defaultLimits, effectivePercent, limitsOf, sharedAlpha } from './limits.ts';

test('a contract that says nothing has the defaults but those for which it must ask; every metric stands once', () => {
  const asked = ['throughput.execution', 'latency.execution'];
  expect(limitsOf({})).toEqual(defaultLimits.filter(({ metric }) => !asked.includes(metric)));
  expect(limitsOf({ throughputPercent: 10 })).toEqual(defaultLimits);
  expect(new Set(defaultLimits.map(({ metric }) => metric)).size).toBe(defaultLimits.length);
});

test('a key counts for all of its metrics, and for no other', () => {
  const changed = limitsOf({ wallPercent: 15 }).filter(({ metric, percent }) => (
    defaultLimits.find((limit) => limit.metric === metric)?.percent !== percent
  ));
  expect(changed.map(({ metric, percent }) => `${metric} ${percent}`)).toEqual(['wall.version 15', 'wall.ready 15']);
});

test.for([0, -5, NaN, Infinity])('%d per cent are no limit', (percent) => {
  expect(() => limitsOf({ memoryPercent: percent })).toThrow(UsageError);
  expect(() => limitsOf({ memoryPercent: percent })).toThrow(`regression.memoryPercent is ${percent}: give a number of per cent`);
});

test('a change is over both limits exactly where it is over the larger one', () => {
  const [cpu] = limitsOf({ cpuPercent: 5 });
  if (cpu === undefined) throw new Error('no limit of CPU');
  expect([effectivePercent(cpu, 80), effectivePercent(cpu, 400), effectivePercent(cpu, 2000)]).toEqual([25, 5, 5]);
});

test('the tests of a release share its error rate', () => {
  expect(sharedAlpha(1, 1)).toBe(0.01);
  expect(sharedAlpha(8, 5)).toBe(0.000_25);
});
