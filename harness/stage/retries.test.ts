import { expect, test } from 'vitest';
import { CheckFailed, CouldNotJudge } from '../model/errors.ts';
import type { CpuUse } from '../system/cpu/cpu-use.ts';
import type { Fault } from '../temporal/faults.ts';
import type { Plan } from './plan.ts';
import { judgePlanned, judgeRetries } from './retries.ts';

const plan: Plan = { name: 'pays', workflow: 'Pay', input: [], llm: [], expect: { result: null }, attempts: { charge: 2 } };
const charge = (attempts: number): Fault => ({ what: 'activity', type: 'charge', attempts, why: 'NotYet: no' });
const late: Fault = { what: 'workflow task', type: 'Pay', attempts: 1, why: 'it timed out after 10.0 s', late: true };
const used = (waitedMs: number): CpuUse => ({ waitedMs, usedMs: 500, how: 'exact', elapsedMs: 20_000, othersCores: 2 });

/** What is made of one history with these faults. */
function judgementOf(faults: readonly Fault[], waitedMs = 0, own: Plan | 'nobody' = plan): unknown {
  const planned = own === 'nobody' ? undefined : own;
  const runs = { judged: [{ plan: planned, done: undefined, use: used(waitedMs), rootId: 'r', events: [], faults }] };
  try {
    judgeRetries(runs, () => {});
    judgePlanned(runs);
    return 'fine';
  } catch (error) {
    return error;
  }
}

test('an attempt that the contract plans is fine; one more and one less are not', () => {
  expect(judgementOf([charge(2)])).toBe('fine');
  expect(judgementOf([charge(3)])).toMatchObject({
    message: 'activity charge of "pays" took 3 attempts, 2 are planned: NotYet: no',
    difference: { remedy: expect.stringContaining('attempts: { charge: 3 }') },
  });
  expect(judgementOf([])).toMatchObject({ message: 'charge of "pays" succeeded at attempt 1, 2 are planned' });
  expect(judgementOf([charge(2)], 0, 'nobody')).toMatchObject({ message: 'activity charge took 2 attempts, 1 is planned: NotYet: no' });
});

test('what was missed while the worker waited for a CPU is no verdict; what failed then, and what was missed anyhow, is one', () => {
  expect(judgementOf([charge(2), late], 9_000)).toBeInstanceOf(CouldNotJudge);
  expect(judgementOf([charge(2), late], 9_000)).toMatchObject({ message: expect.stringMatching(/waited 9\.0 s for a CPU/) });
  expect(judgementOf([charge(2), late], 100)).toBeInstanceOf(CheckFailed);
  expect(judgementOf([charge(2), late], 100)).toMatchObject({
    message: 'a workflow task of "pays" (Pay) did not succeed at first: it timed out after 10.0 s',
  });
  expect(judgementOf([charge(3), late], 9_000)).toMatchObject({ message: expect.stringContaining('took 3 attempts') });
});
