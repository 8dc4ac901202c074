import { expect, test } from 'vitest';
import { CheckFailed } from '../model/errors.ts';
import type { Done, Plan } from './actor.ts';
import { meaningOf } from './from-source.ts';

const whose = "from source it is the same: it is the worker's own fault and not the bundle's";
const failure = new CheckFailed('2 of 5 went wrong: "keeps a note", number 7: it failed: no context', { got: 'no context' });
const done = (concurrency?: number): Done => ({
  plan: { name: 'keeps a note', concurrency } as Plan, ending: { kind: 'failed' }, events: [], durationMs: 1,
} as unknown as Done);
const meaning = (concurrency: number | undefined, isMixedUp: boolean, source: { readonly failure: CheckFailed } | undefined) =>
  meaningOf({ failure, done: [done(concurrency)], isMixedUp }, source);

test('what nobody promised and what goes wrong from source as well is told, and is no fault of the executable', () => {
  expect(meaning(undefined, false, { failure })).toBe(`not promised (concurrency), and from source it is the same: ${failure.message}`);
});

test.each([
  ['a promised number', 5, false], ["another's answer", undefined, true],
] as const)('%s is a failure, from source as well, and it is told whose', (_, concurrency, isMixedUp) => {
  const told = meaning(concurrency, isMixedUp, { failure });
  expect(told).toBeInstanceOf(CheckFailed);
  expect(told).toMatchObject({ message: `${failure.message}; ${whose}`, difference: { got: 'no context' } });
});

test('where the source does better, or nobody can tell, it is a failure as it stands', () => {
  expect(meaning(undefined, false, undefined)).toBe(failure);
});
