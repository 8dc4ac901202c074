import { setTimeout as pause } from 'node:timers/promises';
import {
  CancelledFailure, NamespaceNotFoundError, ServiceError, WorkflowFailedError, WorkflowNotFoundError, type Client, type WorkflowHandle,
} from '@temporalio/client';
import proto from '@temporalio/proto';
import { CouldNotJudge } from '../model/errors.ts';
import { seconds, stretchTimes, waitFor, WaitFailed, type WaitOptions } from '../system/wait.ts';
import { codecFault } from './codec.ts';
import { seenFailure, type SeenFailure } from './failure.ts';
import { eventsOf, type HistoryEvent } from './history.ts';
import { describe, hopelessness, standingOf } from './standing.ts';

/** What went wrong with a message to an execution. `late`: the execution had ended before. */
export type Misstep = { readonly sentence: string; readonly expected: string; readonly got: string; readonly late: boolean };

/** Messages that are sent to an execution while it runs. */
export type Messages = {
  /** Resolves when no more will be sent. */
  readonly done: Promise<unknown>;
  /** What went wrong so far. */
  readonly misstep: () => Misstep | undefined;
  /** What is wrong as long as the message that is on its way is not answered as expected. */
  readonly unanswered: () => Misstep | undefined;
};

/** How an execution went, seen from its caller. `stuck`: it did not end; `why` says what it was doing instead. */
export type Ending = { readonly misstep?: Misstep | undefined } & (
  | { readonly kind: 'completed'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly failure: SeenFailure }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'stuck'; readonly why: string }
);

export type Execution = { readonly ending: Ending; readonly events: readonly HistoryEvent[]; readonly durationMs: number };

type ExecuteOptions = Pick<WaitOptions, 'deadlineMs' | 'signal' | 'over' | 'stretch'> & { readonly messages?: Messages | undefined };

/** The server's own bound, in deadlines: more than a wait can be stretched. */
const serverTimes = stretchTimes + 1;

/** Time between two looks at what an execution is doing. */
const lookEveryMs = 250;

/** Starts a workflow; its execution is bounded by the deadline on the server too, so that nothing is left running. */
export async function startWorkflow(
  client: Client, type: string, taskQueue: string, workflowId: string, args: readonly unknown[], deadlineMs: number,
): Promise<WorkflowHandle> {
  return client.workflow.start(type, { taskQueue, workflowId, args: [...args], workflowExecutionTimeout: deadlineMs * serverTimes });
}

/**
 * Waits for the end of an execution, or until it is plain that it will not end by itself; in that case terminates it.
 * @throws {WaitFailed} when the wait ended for a reason that is not the execution's.
 */
export async function awaitEnding(handle: WorkflowHandle, options: ExecuteOptions): Promise<Execution> {
  const start = performance.now();
  const ending = await endingOf(handle, options);
  const events = await eventsOf(handle);
  if (ending.kind === 'stuck') await handle.terminate('it took too long').catch(() => {});
  return { ending, events, durationMs: performance.now() - start };
}

/**
 * How an execution ends, without its history and without ending it; `stuck` as soon as it is plain that it does not end by itself, or a
 * message to it went wrong.
 * @throws {WaitFailed} when the wait ended for a reason that is not the execution's.
 */
export async function endingOf(handle: WorkflowHandle, { messages, ...options }: ExecuteOptions): Promise<Ending> {
  const polling = new AbortController();
  const polled = resultOf(handle, Date.now() + options.deadlineMs * serverTimes, polling.signal);
  const whole = Promise.all([polled, messages?.done]);
  // Thrown by the probe, an error would be taken for one that may pass.
  const result = whole.then(([ending]) => () => ending, (error: unknown) => () => { throw error; });
  let hopeless: string | undefined;
  const look = async (): Promise<undefined> => {
    await pause(lookEveryMs, undefined, { ref: false });
    if (!polling.signal.aborted) hopeless = await hopelessness(handle);
  };
  const wrong = (): Misstep | undefined => {
    const misstep = messages?.misstep();
    return misstep?.late === true ? undefined : misstep;
  };
  const over = (): string | undefined => hopeless ?? wrong()?.sentence ?? options.over?.();
  try {
    const end = await waitFor('the execution to end', () => Promise.race([result, look()]), { ...options, everyMs: 1, over });
    return { ...end(), misstep: messages?.misstep() };
  } catch (error) {
    if (!(error instanceof WaitFailed) || (error.kind !== 'deadline' && error.kind !== 'over')) throw error;
    const fault = codecFault(handle.client);
    if (fault !== undefined) throw new CouldNotJudge(fault, { cause: error });
    const standing = over() ?? await standingOf(handle).then((text) => text && `${text} ${within(options)}`, () => undefined);
    return { kind: 'stuck', why: standing ?? error.message, misstep: wrong() ?? messages?.unanswered() };
  } finally {
    polling.abort();
  }
}

const within = ({ deadlineMs }: ExecuteOptions): string => `(for ${seconds(deadlineMs)} in all)`;

/** Polls until the end, one long poll after another; throws when it is the server that cannot be asked. */
async function resultOf(handle: WorkflowHandle, deadline: number, signal: AbortSignal): Promise<Ending> {
  const { client } = handle;
  try {
    const result = await client.withAbortSignal(signal, () => client.withDeadline(deadline, () => handle.result()));
    // An activity or workflow that returns nothing decodes to undefined; JSON and the contract call it null.
    return { kind: 'completed', result: result ?? null };
  } catch (error) {
    if ([CouldNotJudge, ServiceError, WorkflowNotFoundError, NamespaceNotFoundError].some((kind) => error instanceof kind)) throw error;
    const isCancelled = error instanceof WorkflowFailedError && error.cause instanceof CancelledFailure;
    return isCancelled ? { kind: 'cancelled' } : { kind: 'failed', failure: seenFailure(error) };
  }
}

const { PendingActivityState, WorkflowExecutionStatus } = proto.temporal.api.enums.v1;
const started = PendingActivityState.PENDING_ACTIVITY_STATE_STARTED;
const running = WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;

/** An activity of an open execution that is scheduled or running; undefined when it is closed. */
export async function pendingActivity(handle: WorkflowHandle, id: string) {
  return (await describe(handle)).pendingActivities.find(({ activityId }) => activityId === id);
}

/**
 * What an execution is doing: whether it is over, and the id of an activity that a worker has begun and not ended, of this type where one
 * is given.
 */
export async function activityInFlight(handle: WorkflowHandle, type?: string): Promise<{ readonly over: boolean; readonly id?: string }> {
  const { workflowExecutionInfo: info, pendingActivities } = await describe(handle);
  const own = pendingActivities.find(({ state, activityType }) => state === started && (type === undefined || activityType?.name === type));
  return { over: info?.status !== running, ...(own?.activityId && { id: own.activityId }) };
}
