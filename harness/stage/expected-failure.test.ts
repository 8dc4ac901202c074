import { expect, test } from 'vitest';
import { expectedFailure, failureDifference } from './expected-failure.ts';

const seen = { type: 'Declined', nonRetryable: true, message: 'no cover', chain: ['Workflow execution failed', 'Declined: no cover'] };
const untyped = { ...seen, type: undefined, nonRetryable: false, chain: ['Workflow execution failed', 'order 7: no cover'] };

test.for<[object, typeof seen | typeof untyped, string | undefined]>([
  [{ type: 'Declined' }, seen, undefined],
  [{ type: 'Declined', message: 'cover', nonRetryable: true }, seen, undefined],
  [{ type: 'Lost' }, seen, 'the failure has type "Declined", expected "Lost"'],
  [{ type: 'Declined' }, untyped, 'the failure has no type, expected "Declined"'],
  [{ message: 'order 7' }, untyped, undefined],
  [{ message: 'order 8' }, untyped, 'the failure\'s message does not hold "order 8"'],
  [{ message: 'no cover', nonRetryable: true }, untyped, 'the failure is retryable'],
])('%o', ([expected, failure, difference]) => expect(failureDifference(expected, failure)).toBe(difference));

test('what is expected, in words', () => {
  expect(expectedFailure({ type: 'Declined', nonRetryable: true })).toBe('a failure of type "Declined", non-retryable');
  expect(expectedFailure({ message: 'cover' })).toBe('a failure whose message holds "cover"');
});
