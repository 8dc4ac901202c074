import type { WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';
import { isMismatch } from './replay.ts';
import { eventsOf, type HistoryEvent } from './history.ts';

/** How long the server may wait before it offers an activity again, in milliseconds; longer is no time for a run. */
const soonMs = 5_000;

const started = proto.temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_STARTED;
const { WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR: nonDeterministic } = proto.temporal.api.enums.v1.WorkflowTaskFailedCause;
const running = proto.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;

const describe = ({ client: { workflowService, options: { namespace } }, workflowId }: WorkflowHandle) =>
  workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } });

/** What an execution waits for that is not its own code: an activity in flight, a timer or a child; undefined while it is at its code. */
export async function midway(handle: WorkflowHandle): Promise<string | undefined> {
  const { pendingActivities, pendingWorkflowTask, workflowExecutionInfo: info } = await describe(handle);
  if (info?.status !== running) return closed;
  const inFlight = pendingActivities.find(({ state }) => state === started);
  if (inFlight) return `activity ${inFlight.activityId}`;
  const waits = pendingActivities.length === 0 && !pendingWorkflowTask && Number(info.historyLength) >= afterFirstTask;
  return waits ? 'a timer or a child' : undefined;
}

/** What `midway` says of an execution that has ended. */
export const closed = 'closed';

/** Its start, and a workflow task that was scheduled, started and completed. */
const afterFirstTask = 4;

/**
 * Hands an open execution on, whose worker was killed, and its children: what that had in flight counts as failed at once, which the
 * server itself would say only after the time-outs of the activity, and tasks no longer go to the queue that was the worker's own.
 * @returns whether another worker can go on with it soon: it is open, its code has run, and nothing has to time out that was lost, or waits
 * where only the killed one asked. One that was stopped has told the server of its end: what nobody has begun waits for the next one.
 */
export async function handOn(handle: WorkflowHandle, how: 'killed' | 'stopped' = 'killed'): Promise<boolean> {
  const { client: { workflowService, options: { namespace } }, workflowId } = handle;
  const execution = { workflowId };
  const { pendingActivities, pendingChildren, pendingWorkflowTask, workflowExecutionInfo: info } = await describe(handle);
  const isLost = pendingWorkflowTask && (how === 'killed' || pendingWorkflowTask.startedTime);
  if (info?.status !== running || isLost) return false;
  const events = await eventsOf(handle);
  if (!events.some((event) => event.workflowTaskCompletedEventAttributes)) return false;
  const lost = pendingActivities.filter(({ state }) => state === started);
  if (!lost.every(({ activityId }) => isOfferedAgain(events, activityId ?? ''))) return false;
  for (const { activityId } of lost) {
    await workflowService.respondActivityTaskFailedById({
      namespace, workflowId, runId: info.execution?.runId ?? null, activityId: activityId ?? null, identity: 'operator',
      failure: { message: `its worker was ${how}`, applicationFailureInfo: { type: 'WorkerGone' } },
    });
  }
  await workflowService.resetStickyTaskQueue({ namespace, execution });
  for (const { workflowId: child } of pendingChildren) await handOn(handle.client.getHandle(child ?? ''), how);
  return true;
}

/** Whether an activity whose first attempt was lost is tried again soon. */
function isOfferedAgain(events: readonly HistoryEvent[], activityId: string): boolean {
  const scheduled = events.map((event) => event.activityTaskScheduledEventAttributes).find((each) => each?.activityId === activityId);
  const { maximumAttempts, initialInterval } = scheduled?.retryPolicy ?? {};
  return maximumAttempts !== 1 && 1_000 * Number(initialInterval?.seconds ?? 0) <= soonMs;
}

/** What a worker said when it did not come to the commands of a history that it took over; undefined when it never did. */
export function mismatchIn(events: readonly HistoryEvent[]): string | undefined {
  const failures = events.flatMap((event) => event.workflowTaskFailedEventAttributes ?? []);
  const failed = failures.find((task) => task.cause === nonDeterministic || isMismatch(task.failure?.message ?? ''));
  return failed && (failed.failure?.message ?? 'a workflow task failed for non-determinism');
}
