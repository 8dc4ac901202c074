import { WorkflowFailedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { waitFor, WaitFailed } from '../system/wait.ts';
import { seenFailure, type SeenFailure } from './failure.ts';
import { eventsOf, type HistoryEvent } from './history.ts';

/** How an execution went, seen from its caller. `stuck`: it did not end; `why` says what it was doing instead. */
export type Ending =
  | { readonly kind: 'completed'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly failure: SeenFailure }
  | { readonly kind: 'stuck'; readonly why: string };

export type Execution = { readonly ending: Ending; readonly events: readonly HistoryEvent[]; readonly durationMs: number };

export type ExecuteOptions = {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Ends the wait at once, for example because the worker is gone. */
  readonly over?: () => string | undefined;
};

/** A task that fails this often in a row will not be cured by waiting. */
const hopelessAttempts = { workflowTask: 3, activity: 5 };

/** Starts a workflow; its execution is bounded by the deadline on the server too, so that nothing is left running. */
export async function startWorkflow(
  client: Client, type: string, taskQueue: string, workflowId: string, args: readonly unknown[], deadlineMs: number,
): Promise<WorkflowHandle> {
  return client.workflow.start(type, { taskQueue, workflowId, args: [...args], workflowExecutionTimeout: deadlineMs * 4 });
}

/** Waits for the end of an execution, or until it is plain that it will not end by itself; in that case terminates it. */
export async function awaitEnding(handle: WorkflowHandle, options: ExecuteOptions): Promise<Execution> {
  const start = performance.now();
  const ending = await endingOf(handle, options);
  const events = await eventsOf(handle);
  if (ending.kind === 'stuck') await handle.terminate('frostgate gave up waiting').catch(() => {});
  return { ending, events, durationMs: performance.now() - start };
}

async function endingOf(handle: WorkflowHandle, options: ExecuteOptions): Promise<Ending> {
  let ended: Ending | undefined;
  let broken: unknown;
  const result = handle.result().then(
    // An activity or workflow that returns nothing decodes to undefined; JSON and the contract call it null.
    (value: unknown): Ending => ({ kind: 'completed', result: value ?? null }),
    (error: unknown): Ending => {
      if (error instanceof WorkflowFailedError) return { kind: 'failed', failure: seenFailure(error) };
      throw error;
    },
  );
  const wake = result.then(
    (ending) => (ended = ending),
    (error: unknown) => (broken = error),
  );
  let hopeless: string | undefined;
  try {
    return await waitFor(
      'the execution to end',
      async () => {
        await Promise.race([wake, new Promise((resolve) => setTimeout(resolve, 250).unref())]);
        if (ended === undefined) hopeless = await hopelessness(handle);
        return ended;
      },
      { ...options, everyMs: 1, over: () => (broken === undefined ? (hopeless ?? options.over?.()) : 'the client failed'), seen: () => '' },
    );
  } catch (error) {
    if (error instanceof WaitFailed && broken === undefined) return { kind: 'stuck', why: hopeless ?? options.over?.() ?? error.message };
    throw broken ?? error;
  }
}

type PendingActivity = NonNullable<Awaited<ReturnType<WorkflowHandle['describe']>>['raw']['pendingActivities']>[number];

/** The first activity of an open execution that is scheduled or running. */
export async function pendingActivity(handle: WorkflowHandle): Promise<PendingActivity | undefined> {
  return (await handle.describe()).raw.pendingActivities?.[0];
}

/** Says why an open execution will not get anywhere, undefined while it may. */
async function hopelessness(handle: WorkflowHandle): Promise<string | undefined> {
  const { raw } = await handle.describe();
  const { pendingWorkflowTask: task, pendingActivities } = raw;
  if ((task?.attempt ?? 0) >= hopelessAttempts.workflowTask) {
    const failed = (await eventsOf(handle)).findLast((event) => event.workflowTaskFailedEventAttributes);
    const message = failed?.workflowTaskFailedEventAttributes?.failure?.message ?? 'the worker does not answer';
    return `its workflow task failed ${(task?.attempt ?? 1) - 1} times in a row: ${message}`;
  }
  const activity = pendingActivities?.find((pending) => (pending.attempt ?? 0) >= hopelessAttempts.activity && pending.lastFailure);
  if (!activity) return undefined;
  const { lastFailure } = activity;
  const type = lastFailure?.applicationFailureInfo?.type;
  return `activity ${activity.activityType?.name} failed ${(activity.attempt ?? 1) - 1} times in a row: ` +
    `${type ? `${type}: ` : ''}${lastFailure?.message}`;
}
