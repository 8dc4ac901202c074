import {
  ActivityFailure, ApplicationFailure, ChildWorkflowFailure, WorkflowFailedError, WorkflowUpdateFailedError,
} from '@temporalio/client';
import { NexusOperationFailure } from '@temporalio/common';
import { HandlerError } from 'nexus-rpc';
import { messageOf } from '../model/errors.ts';

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
 * What a failed execution, or update, tells its caller. For an activity or a Nexus operation called through the harness's own workflow,
 * the activity's or operation's failure; for a workflow, the workflow's own. What cannot be decoded is the worker's too, and no promised
 * failure.
 */
export function seenFailure(error: unknown): SeenFailure {
  if (!(error instanceof WorkflowFailedError || error instanceof WorkflowUpdateFailedError)) {
    const message = `what it ended with cannot be read: ${messageOf(error)}`;
    return { type: undefined, nonRetryable: undefined, message, chain: [message] };
  }
  const inner = innermost(error.cause);
  const { type, nonRetryable } = inner instanceof ApplicationFailure ? inner : {};
  const chain: string[] = [];
  for (let at: unknown = error; at instanceof Error && chain.length < 20; at = at.cause) {
    chain.push(at instanceof ApplicationFailure && at.type ? `${at.type}: ${at.message}` : at.message);
  }
  return { type: type ?? undefined, nonRetryable: nonRetryable ?? undefined, message: inner?.message ?? error.message, chain };
}

/** Failures that say only where it was that something failed. */
const wrapping = [ActivityFailure, ChildWorkflowFailure, NexusOperationFailure, HandlerError];

function innermost(failure: unknown): Error | undefined {
  if (wrapping.some((kind) => failure instanceof kind) && failure instanceof Error) return innermost(failure.cause);
  return failure instanceof Error ? failure : undefined;
}
