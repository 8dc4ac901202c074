import { shorten } from '../model/text.ts';
import type { SeenFailure } from '../temporal/failure.ts';
import type { Plan } from './plan.ts';

/** A failure as the contract expects it. */
type Expected = NonNullable<Plan['expect']['failure']>;

/** How a failure differs from the expected one, as a clause; undefined where it does not. */
export function failureDifference({ type, message, nonRetryable }: Expected, seen: SeenFailure): string | undefined {
  if (type !== undefined && seen.type !== type) {
    return `the failure has ${seen.type === undefined ? 'no type' : `type "${seen.type}"`}, expected "${type}"`;
  }
  if (message !== undefined && !seen.chain.some((one) => one.includes(message))) {
    return `the failure's message does not hold "${shorten(message, 80)}"`;
  }
  if (nonRetryable !== undefined && nonRetryable !== seen.nonRetryable) {
    return `the failure is ${seen.nonRetryable ? 'non-retryable' : 'retryable'}`;
  }
  return undefined;
}

/** For example: a failure of type "Declined", non-retryable. */
export function expectedFailure({ type, message, nonRetryable }: Expected): string {
  const how = nonRetryable === undefined ? '' : nonRetryable ? ', non-retryable' : ', retryable';
  const named = type === undefined ? '' : ` of type "${type}"`;
  return `a failure${named}${message === undefined ? '' : ` whose message holds "${shorten(message, 80)}"`}${how}`;
}
