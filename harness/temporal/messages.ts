import {
  isGrpcServiceError, QueryNotRegisteredError, ServiceError, WorkflowNotFoundError, WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError, type WorkflowHandle,
} from '@temporalio/client';
import proto from '@temporalio/proto';
import { messageOf } from '../model/errors.ts';
import { seenFailure, type SeenFailure } from './failure.ts';

/** What came of a message to a workflow. */
export type Answer =
  | { readonly kind: 'answered'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly failure: SeenFailure }
  /** The handler of a query failed, or there is none: then the workflow has said which ones it has. */
  | { readonly kind: 'refused' | 'unknown'; readonly text: string }
  /** There is no such workflow, or it has ended. */
  | { readonly kind: 'gone'; readonly text: string }
  /** Nobody has answered yet. */
  | { readonly kind: 'none'; readonly text: string };

/** A query that no worker takes is asked again after this time. */
const askMs = 5_000;

/** What SDKs say of a name that no handler has, always with those that there are. */
const unknownName = /known ?(queries|querytypes|types)|registered queries|(query|update) handler for .* not found|unknown (query|update)/i;

/** Asks a query once. */
export function ask(handle: WorkflowHandle, name: string, input: readonly unknown[], signal: AbortSignal): Promise<Answer> {
  const { client } = handle;
  const bounded = (): Promise<unknown> => client.withDeadline(Date.now() + askMs, () => handle.query<unknown, unknown[]>(name, ...input));
  return answerTo(() => client.withAbortSignal(signal, bounded));
}

/** Sends an update and waits for its end; sent again under the same id, it is the same update. */
export function update(
  handle: WorkflowHandle, name: string, input: readonly unknown[], { updateId, signal }: { updateId: string; signal: AbortSignal },
): Promise<Answer> {
  const [first, ...more] = input;
  return answerTo(() => handle.client.withAbortSignal(signal, () => (
    input.length === 0 ? handle.executeUpdate(name, { updateId }) : handle.executeUpdate(name, { args: [first, ...more], updateId })
  )));
}

/**
 * Sends a signal, which the server takes whether or not the workflow knows it; never twice.
 * @throws {ServiceError} when the server does not say whether it took it.
 */
export async function tell(handle: WorkflowHandle, name: string, input: readonly unknown[]): Promise<Answer> {
  return taken(() => handle.signal(name, ...input));
}

/** Asks for the end of an execution as cancelled. @throws {ServiceError} likewise. */
export async function cancel(handle: WorkflowHandle): Promise<Answer> {
  return taken(() => handle.cancel());
}

async function taken(send: () => Promise<unknown>): Promise<Answer> {
  try {
    await send();
    return { kind: 'answered', value: null };
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return { kind: 'gone', text: textOf(error) };
  }
}

async function answerTo(send: () => Promise<unknown>): Promise<Answer> {
  try {
    return { kind: 'answered', value: (await send()) ?? null };
  } catch (error) {
    const text = textOf(error);
    if (error instanceof WorkflowUpdateFailedError) return { kind: 'failed', failure: seenFailure(error) };
    if (error instanceof QueryNotRegisteredError) return { kind: unknownName.test(text) ? 'unknown' : 'refused', text };
    if (error instanceof WorkflowNotFoundError) return { kind: 'gone', text };
    // What cannot be read was answered all the same.
    const isUnanswered = [ServiceError, WorkflowUpdateRPCTimeoutOrCancelledError].some((kind) => error instanceof kind);
    return { kind: isUnanswered ? 'none' : 'refused', text };
  }
}

function textOf(error: unknown): string {
  const cause = error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : error;
  return isGrpcServiceError(cause) ? cause.details : messageOf(cause);
}

const { WorkflowExecutionStatus: Status } = proto.temporal.api.enums.v1;
const byForce: readonly unknown[] = [Status.WORKFLOW_EXECUTION_STATUS_TERMINATED, Status.WORKFLOW_EXECUTION_STATUS_TIMED_OUT];

/** Whether an execution has been closed, or ended by somebody else than its worker, so that nobody will answer about it. */
export async function stateOf({ client, workflowId }: WorkflowHandle): Promise<'open' | 'closed' | 'ended'> {
  const request = { namespace: client.options.namespace, execution: { workflowId } };
  const found = await client.workflowService.describeWorkflowExecution(request).catch(() => undefined);
  const status = found?.workflowExecutionInfo?.status;
  if (status === undefined || status === Status.WORKFLOW_EXECUTION_STATUS_RUNNING) return 'open';
  return byForce.includes(status) ? 'ended' : 'closed';
}
