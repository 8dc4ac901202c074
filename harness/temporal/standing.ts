import type { WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';
import { messageIn } from './codec.ts';
import { eventsOf, type HistoryEvent } from './history.ts';
import { listPollers, type Poller } from './pollers.ts';
import { ask, declaredMessages, metadata } from './replay.ts';

/** A task that fails this often in a row will not be cured by waiting. */
const hopelessAttempts = { workflowTask: 3, activity: 5 };

/** Children of children are looked at so deep. */
const deepest = 4;

type Described = Awaited<ReturnType<typeof describe>>;

/** An open execution as the server describes it, undecoded: what a worker wrote into its memo cannot make this fail. */
export function describe({ client, workflowId }: WorkflowHandle) {
  return client.workflowService.describeWorkflowExecution({ namespace: client.options.namespace, execution: { workflowId } });
}

/** Says why an open execution, or a child that it waits for, will not get anywhere; undefined while it may. */
export async function hopelessness(handle: WorkflowHandle, depth = 0): Promise<string | undefined> {
  const { pendingWorkflowTask: task, pendingActivities, pendingChildren } = await describe(handle);
  if ((task?.attempt ?? 0) >= hopelessAttempts.workflowTask) {
    const failed = (await eventsOf(handle)).findLast((event) => event.workflowTaskFailedEventAttributes);
    const message = await messageIn(handle.client, failed?.workflowTaskFailedEventAttributes?.failure) ?? 'the worker does not answer';
    return `its workflow task failed ${(task?.attempt ?? 1) - 1} times in a row: ${message}`;
  }
  const activity = pendingActivities.find((pending) => (pending.attempt ?? 0) >= hopelessAttempts.activity && pending.lastFailure);
  if (activity) {
    return `activity ${activity.activityType?.name} failed ${(activity.attempt ?? 1) - 1} times in a row: ${failureOf(activity)}`;
  }
  for (const { workflowId, workflowTypeName } of depth < deepest ? pendingChildren : []) {
    const why = await hopelessness(handle.client.getHandle(workflowId ?? ''), depth + 1);
    if (why !== undefined) return `child workflow ${workflowTypeName}: ${why}`;
  }
  return undefined;
}

/** Says on what an open execution waits, one clause for each thing; undefined once it has ended. */
export async function standingOf(handle: WorkflowHandle, depth = 0): Promise<string | undefined> {
  const described = await describe(handle);
  if (described.workflowExecutionInfo?.status !== running) return undefined;
  const events = await eventsOf(handle);
  const waits = [
    ...await tasks(handle, described), ...await activities(handle, described, events), ...await children(handle, described, depth),
    ...operations(described), ...timers(events),
  ];
  return waits.length > 0 ? `it waits for ${waits.join(', and for ')}` : `it waits for a message${await knownMessages(handle)}`;
}

const { PendingActivityState, WorkflowExecutionStatus } = proto.temporal.api.enums.v1;
const { PENDING_ACTIVITY_STATE_STARTED: started } = PendingActivityState;
const { WORKFLOW_EXECUTION_STATUS_RUNNING: running } = WorkflowExecutionStatus;

async function tasks({ client }: WorkflowHandle, { pendingWorkflowTask: task, executionConfig }: Described): Promise<string[]> {
  if (!task) return [];
  if (task.startedTime) return ['the worker to end a workflow task that it has begun'];
  return [`somebody to take its workflow task${await nobody(client, executionConfig?.taskQueue?.name, 'workflow')}`];
}

async function activities(
  { client }: WorkflowHandle, { pendingActivities }: Described, events: readonly HistoryEvent[],
): Promise<string[]> {
  return Promise.all(pendingActivities.map(async ({ activityId, activityType, state, attempt, lastFailure }) => {
    const scheduled = events.map((event) => event.activityTaskScheduledEventAttributes).find((each) => each?.activityId === activityId);
    const failed = lastFailure ? `, which failed ${(attempt ?? 1) - 1} times: ${failureOf({ lastFailure })}` : '';
    const where = state === started ? ', which a worker has begun' : await nobody(client, scheduled?.taskQueue?.name, 'activity');
    return `activity ${activityType?.name}${where}${failed}`;
  }));
}

async function children({ client }: WorkflowHandle, { pendingChildren }: Described, depth: number): Promise<string[]> {
  return Promise.all(pendingChildren.map(async ({ workflowId, workflowTypeName }) => {
    const why = depth < deepest ? await standingOf(client.getHandle(workflowId ?? ''), depth + 1) : undefined;
    return `child workflow ${workflowTypeName} ("${workflowId}")${why === undefined ? '' : `: ${why}`}`;
  }));
}

function operations({ pendingNexusOperations }: Described): string[] {
  return pendingNexusOperations.map(({ service, operation, endpoint, lastAttemptFailure: failed }) => (
    `Nexus operation ${service}.${operation} of endpoint ${endpoint}${failed ? `, which failed: ${failed.message}` : ''}`
  ));
}

function timers(events: readonly HistoryEvent[]): string[] {
  const over = new Set(events.map((event) => String((event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes)?.timerId)));
  return events.flatMap(({ timerStartedEventAttributes: timer }) => (
    timer && !over.has(String(timer.timerId)) ? [`a timer of ${Number(timer.startToFireTimeout?.seconds ?? 0)} s`] : []
  ));
}

/** Where a task waits, and whether anybody polls there. */
async function nobody(
  client: WorkflowHandle['client'], name: string | null | undefined, kind: Poller['queue'],
): Promise<string> {
  if (!name) return '';
  const pollers = await listPollers(client, client.options.namespace, name).catch(() => undefined);
  const polled = pollers?.some(({ queue }) => queue === kind);
  const unpolled = polled === false ? `, which nobody polls for ${kind === 'activity' ? 'activities' : 'workflows'}` : '';
  return ` on task queue "${name}"${unpolled}`;
}

/** So long a worker has to say which messages a workflow handles. */
const tellMs = 3_000;

/** Which messages a workflow handles, as the rest of a sentence; nothing where nobody says it. */
export async function knownMessages({ client, workflowId }: WorkflowHandle): Promise<string> {
  const run = { workflowId, runId: '', type: '' };
  const asked = client.withDeadline(Date.now() + tellMs, () => ask(client, run, metadata));
  const known = await asked.then(declaredMessages, () => []);
  return known.length > 0 ? `; it handles ${known.join(', ')}` : '';
}

type Failed = Pick<Described['pendingActivities'][number], 'lastFailure'>;

function failureOf({ lastFailure }: Failed): string {
  const type = lastFailure?.applicationFailureInfo?.type;
  return `${type ? `${type}: ` : ''}${lastFailure?.message}`;
}
