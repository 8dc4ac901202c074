import { expect, test } from 'vitest';
import { CheckFailed, CouldNotJudge } from '../model/errors.ts';
import { catchableMs, longestOf, promisedNone, type Seen } from './held.ts';
import { NotApplicable } from './outcome.ts';
import type { Plan } from './plan.ts';

const plan = (name: string): Plan => ({ name, workflow: 'W', input: [], llm: [], expect: { result: 1 } });
const seen = (name: string, type?: string, ms = 0): Seen => (
  { plan: plan(name), longest: type === undefined ? undefined : { type, fromMs: 1_000, toMs: 1_000 + ms } }
);
const chosen = (all: readonly Seen[], named = false) => longestOf(all, { withinMs: 15_000, named });
const refused = (all: readonly Seen[], named = false): string => {
  try {
    return `chose ${chosen(all, named).plan.name}`;
  } catch (error) {
    return error instanceof CouldNotJudge ? error.message : 'another error';
  }
};

test('the execution whose activity took longest is held, by that activity', () => {
  expect(chosen([seen('quick', 'greet', 4), seen('slow', 'charge', 3_000), seen('slower', 'ship', 4_000), seen('none')])).toMatchObject({
    plan: { name: 'slower' }, type: 'ship',
  });
});

test('one that cannot be done within the time of a stop is held only where there is no other', () => {
  expect(chosen([seen('too long', 'sleep', 60_000), seen('slow', 'charge', 3_000)]).plan.name).toBe('slow');
  const all = [seen('longest', 'sleep', 90_000), seen('too long', 'sleep', 60_000), seen('quick', 'greet', 4)];
  expect(chosen(all).plan.name).toBe('too long');
});

test('what ends too quickly, or runs no activity, cannot be judged: the sentence says what to add', () => {
  expect(refused([seen('quick', 'greet', catchableMs - 100)])).toMatch(
    /the longest one, greet of "quick", took 0\.4 s; add an execution [^]*promise shutdown/,
  );
  expect(refused([seen('none')])).toMatch(/no execution that completes runs an activity that could be in flight; add an execution/);
  expect(refused([seen('quick', 'greet', 4)], true)).toMatch(/took 0\.0 s; name another one there, or add an execution/);
  expect(refused([seen('none')], true)).toMatch(/"none", which shutdown\.inFlightExecution names, runs no activity that could be in/);
});

test('where the contract promises that none is long in flight, that is judged', () => {
  expect(promisedNone([seen('quick', 'greet', catchableMs - 1), seen('none')])).toBeInstanceOf(NotApplicable);
  const broken = promisedNone([seen('quick', 'greet', 4), seen('slow', 'charge', 2_000)]);
  expect(broken).toBeInstanceOf(CheckFailed);
  expect(broken.message).toBe('activity charge of "slow" took 2.0 s');
});
