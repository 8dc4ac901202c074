import { ServiceError } from '@temporalio/client';
import { CheckFailed, CouldNotJudge, InfrastructureError, isExhausted, messageOf, NotApplicable, NotLookedFor } from '../model/errors.ts';
import { WaitFailed, type WaitEnd } from '../system/wait.ts';
import type { CheckResult } from '../model/report.ts';

export { NotApplicable };

const aboutTheSubject: readonly WaitEnd[] = ['deadline', 'over'];

type Judged = Pick<CheckResult, 'outcome' | 'reason' | 'notLookedFor' | 'expected' | 'got' | 'remedy'>;

/**
 * What a check's end means. Only a statement about the subject is a fail; a fault of the server, the machine or the
 * harness is inconclusive: it is no verdict on the subject.
 */
export function outcomeOf(thrown: unknown): Judged {
  if (thrown === undefined) return { outcome: 'pass' };
  const reason = messageOf(thrown);
  if (thrown instanceof NotLookedFor) return { outcome: 'not-applicable', reason, notLookedFor: thrown.why };
  if (thrown instanceof NotApplicable) return { outcome: 'not-applicable', reason };
  if (thrown instanceof CouldNotJudge || thrown instanceof InfrastructureError) return { outcome: 'inconclusive', reason };
  const causes = chainOf(thrown);
  const unknown = causes.find((cause) => cause instanceof CouldNotJudge || cause instanceof InfrastructureError);
  if (unknown) return { outcome: 'inconclusive', reason: unknown.message };
  if (causes.some((cause) => 'code' in cause && gone.includes(cause.code))) {
    return { outcome: 'inconclusive', reason: `the Temporal server stopped answering: ${reason}` };
  }
  // The kind decides: the reason may carry the worker's own words.
  const wait = causes.find((cause) => cause instanceof WaitFailed);
  if (wait && !aboutTheSubject.includes(wait.kind)) return { outcome: 'inconclusive', reason: wait.message };
  if (thrown instanceof CheckFailed) return { outcome: 'fail', reason, ...thrown.difference };
  if (thrown instanceof WaitFailed) return { outcome: 'fail', reason };
  if (causes.some((cause) => cause instanceof ServiceError || ('code' in cause && typeof cause.code === 'number'))) {
    return { outcome: 'inconclusive', reason: `the Temporal server did not answer what it was asked: ${causes.at(-1)?.message ?? reason}` };
  }
  const end = causes.find(isExhausted);
  if (end) return { outcome: 'inconclusive', reason: `the machine is at an end: ${end.message}; make room, or raise its limits` };
  return { outcome: 'inconclusive', reason: `fault of the harness: ${thrown instanceof Error ? (thrown.stack ?? reason) : reason}` };
}

/** gRPC's status codes CANCELLED, DEADLINE_EXCEEDED and UNAVAILABLE: what a server says, or is made to say, that is no longer there. */
const gone: readonly unknown[] = [1, 4, 14];

function chainOf(thrown: unknown): Error[] {
  const chain: Error[] = [];
  for (let at = thrown; at instanceof Error && chain.length < 10; at = at.cause) chain.push(at);
  return chain;
}
