import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure, WorkflowFailedError } from '@temporalio/client';

/** A failure as callers of the worker see it. */
export type SeenFailure = {
  /** The type of the ApplicationFailure; undefined when the failure carries none. */
  readonly type: string | undefined;
  readonly nonRetryable: boolean | undefined;
  readonly message: string;
  /** The messages of the failure and all its causes, outermost first. */
  readonly chain: readonly string[];
};

/**
 * What a failed execution tells its caller. For an activity called through the harness's own workflow, the activity's
 * failure; for a workflow, the workflow's own.
 */
export function seenFailure(error: WorkflowFailedError): SeenFailure {
  const outer = error.cause;
  const inner = outer instanceof ActivityFailure || outer instanceof ChildWorkflowFailure ? outer.cause : outer;
  const application = inner instanceof ApplicationFailure ? inner : undefined;
  return {
    type: application?.type ?? undefined,
    nonRetryable: application?.nonRetryable ?? undefined,
    message: inner?.message ?? error.message,
    chain: chainOf(error),
  };
}

function chainOf(error: unknown): string[] {
  const messages: string[] = [];
  for (let at = error; at instanceof Error && messages.length < 20; at = at.cause) {
    messages.push(at instanceof ApplicationFailure && at.type ? `${at.type}: ${at.message}` : at.message);
  }
  return messages;
}
