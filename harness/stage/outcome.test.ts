import { expect, test } from 'vitest';
import { CheckFailed, CouldNotJudge, InfrastructureError } from '../model/errors.ts';
import { WaitFailed } from '../system/wait.ts';
import { NotApplicable, outcomeOf } from './outcome.ts';

const unavailable = Object.assign(new Error('14 UNAVAILABLE'), { code: 14 });

test.each([
  ['nothing thrown', undefined, 'pass'],
  ['a promise that was not kept', new CheckFailed('no'), 'fail'],
  ['a condition that did not come', new WaitFailed('waited for x: it did not come within 1 s'), 'fail'],
  ['a reason why there is nothing to judge', new NotApplicable('none'), 'not-applicable'],
  ['a check that cannot tell', new CouldNotJudge('?'), 'inconclusive'],
  ['a service that could not be had', new InfrastructureError('x'), 'inconclusive'],
  ['a server that is gone', new WaitFailed('waited', { cause: unavailable }), 'inconclusive'],
  ['a promise not kept because the server is gone', new CheckFailed('no', {}, { cause: unavailable }), 'inconclusive'],
  ['a wait that an interruption ended', new WaitFailed('waited for x: it did not come (the run was interrupted after 1 ' +
    's)'), 'inconclusive'],
  ['a mistake in the harness', new TypeError('x is not a function'), 'inconclusive'],
] as const)('%s', (_name, thrown, outcome) => {
  expect(outcomeOf(thrown).outcome).toBe(outcome);
});
