import { CheckFailed, CouldNotJudge, InfrastructureError, messageOf } from '../model/errors.ts';
import { WaitFailed } from '../system/wait.ts';
import type { CheckResult } from '../model/report.ts';

/** There is nothing to judge here, for a reason that the reader accepts. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

type Judged = Pick<CheckResult, 'outcome' | 'reason' | 'expected' | 'got' | 'remedy'>;

/**
 * What a check's end means. Only a statement about the subject is a fail; a fault of the server, the machine or the
 * harness is inconclusive: it is no verdict on the subject.
 */
export function outcomeOf(thrown: unknown): Judged {
  if (thrown === undefined) return { outcome: 'pass' };
  const reason = messageOf(thrown);
  if (thrown instanceof NotApplicable) return { outcome: 'not-applicable', reason };
  if (thrown instanceof CouldNotJudge || thrown instanceof InfrastructureError) return { outcome: 'inconclusive', reason };
  if (serverIsGone(thrown)) return { outcome: 'inconclusive', reason: `the Temporal server stopped answering: ${reason}` };
  if (thrown instanceof CheckFailed) return { outcome: 'fail', reason, ...thrown.difference };
  if (thrown instanceof WaitFailed) return { outcome: reason.includes('the run was interrupted') ? 'inconclusive' : 'fail', reason };
  return { outcome: 'inconclusive', reason: `fault of the harness: ${thrown instanceof Error ? (thrown.stack ?? reason) : reason}` };
}

/** gRPC status 14 UNAVAILABLE or 1 CANCELLED anywhere in the chain of causes. */
function serverIsGone(thrown: unknown): boolean {
  for (let at = thrown, depth = 0; at instanceof Error && depth < 10; at = at.cause, depth += 1) {
    if ('code' in at && (at.code === 14 || at.code === 1)) return true;
  }
  return false;
}
