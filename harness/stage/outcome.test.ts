import { ServiceError } from '@temporalio/client';
import { expect, test } from 'vitest';
import { CheckFailed, CouldNotJudge, InfrastructureError } from '../model/errors.ts';
import { WaitFailed } from '../system/wait.ts';
import { NotApplicable, outcomeOf } from './outcome.ts';

const unavailable = Object.assign(new Error('14 UNAVAILABLE'), { code: 14 });
const denied = Object.assign(new Error('7 PERMISSION_DENIED'), { code: 7 });

test.each([
  ['nothing thrown', undefined, 'pass'],
  ['a promise that was not kept', new CheckFailed('no'), 'fail'],
  ['a condition that did not come', new WaitFailed('deadline', 'waited for x: it did not come within 1 s'), 'fail'],
  ['a worker that is gone', new WaitFailed('over', 'waited for x: it did not come (it exited with 1)'), 'fail'],
  ['a worker that prints what an interruption says', new WaitFailed('deadline', 'waited for x: it did not come within 1 s; last output:\n' +
    'the run was interrupted'), 'fail'],
  ['a deadline missed for want of a CPU', new WaitFailed('machine', 'waited for x'), 'inconclusive'],
  ['a probe that nobody answered', new WaitFailed('unanswered', 'waited for x'), 'inconclusive'],
  ['a promise not kept because nobody answered', new CheckFailed('no', {}, { cause: new WaitFailed('unanswered', 'x') }), 'inconclusive'],
  ['a promise not kept because nobody could see', new CheckFailed('no', {}, { cause: new InfrastructureError('x') }), 'inconclusive'],
  ['a reason why there is nothing to judge', new NotApplicable('none'), 'not-applicable'],
  ['a check that cannot tell', new CouldNotJudge('?'), 'inconclusive'],
  ['a call that failed in the client', new ServiceError('Failed to get Workflow execution history'), 'inconclusive'],
  ['a call that the server refused', new Error('Failed to list', { cause: denied }), 'inconclusive'],
  ['a service that could not be had', new InfrastructureError('x'), 'inconclusive'],
  ['a server that is gone', new WaitFailed('deadline', 'waited', { cause: unavailable }), 'inconclusive'],
  ['a promise not kept because the server is gone', new CheckFailed('no', {}, { cause: unavailable }), 'inconclusive'],
  ['a call that took too long', Object.assign(new Error('4 DEADLINE_EXCEEDED'), { code: 4 }), 'inconclusive'],
  ['a wait that an interruption ended', new WaitFailed('interrupted', 'waited for x'), 'inconclusive'],
  ['a promise not kept for want of a CPU', new CheckFailed('no', {}, { cause: new WaitFailed('machine', 'x') }), 'inconclusive'],
  ['a mistake in the harness', new TypeError('x is not a function'), 'inconclusive'],
] as const)('%s', (_name, thrown, outcome) => {
  expect(outcomeOf(thrown).outcome).toBe(outcome);
});
