import { expect, test } from 'vitest';
import { slowingOf, type Pace } from './pace.ts';

const paces = (of: (index: number) => Partial<Pace>): Pace[] =>
  Array.from({ length: 20 }, (_, index) => ({ ms: 60, cpuMs: 40, busy: 0.6, ...of(index) }));

test.each([
  ['sleeps longer each time', (index: number) => ({ ms: 60 + 5 * index })],
  ['searches a list that grows', (index: number) => ({ ms: 60 + 4 * index, cpuMs: 40 + 4 * index })],
])('what %s is slower', (_, of) => {
  expect(slowingOf(paces(of)).verdict).toBe('slower');
});

test.each([
  ['goes on as it began', () => ({})],
  ['warms up', (index: number) => ({ ms: index < 2 ? 900 : 60 })],
  ['got faster', (index: number) => ({ ms: 100 - index })],
  ['has one slow stretch', (index: number) => ({ ms: index > 8 && index < 12 ? 300 : 60 })],
  ['has a slow last look', (index: number) => ({ ms: index > 18 ? 300 : 60 })],
])('what %s is not', (_, of) => {
  expect(slowingOf(paces(of)).verdict).toBe('none');
});

test('what began slow and takes a little longer each time may get slower: more executions tell', () => {
  const slow = (count: number) => Array.from({ length: count }, (_, index) => ({ ms: 900 + 25 * index, cpuMs: 40, busy: 0.6 }));
  expect(slowingOf(slow(20)).verdict).toBe('rising');
  expect(slowingOf(slow(60)).verdict).toBe('slower');
});

test('where the machine was busy nobody knows for whom it waited, but what it used itself; nor is anything known of nothing', () => {
  expect(slowingOf(paces((index) => ({ ms: 60 + 5 * index, busy: 0.98 }))).verdict).toBe('unclear');
  expect(slowingOf(paces((index) => ({ ms: 60 + 5 * index, cpuMs: 40 + 5 * index, busy: 0.98 }))).verdict).toBe('slower');
  expect(slowingOf([]).verdict).toBe('unclear');
});
