import proto from '@temporalio/proto';
import { seconds } from '../system/wait.ts';
import { timeOf, type HistoryEvent } from './history.ts';
import { localRuns } from './local-activities.ts';

/** What did not succeed at first. */
export type Fault = {
  readonly what: 'activity' | 'workflow' | 'workflow task';
  /** The type of the activity or workflow. */
  readonly type: string;
  /** How many attempts were made, the last one included; 1 for a workflow task. */
  readonly attempts: number;
  readonly why: string;
  /** It came too late, or somebody did not answer in time: what happens to a worker without a CPU too. */
  readonly late?: boolean | undefined;
};

const { TimeoutType, WorkflowTaskFailedCause: Cause } = proto.temporal.api.enums.v1;

/** Causes that are nobody's fault: what came while the task was done, and what somebody asked for. */
const innocent: ReadonlySet<unknown> = new Set([
  Cause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND, Cause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW,
  Cause.WORKFLOW_TASK_FAILED_CAUSE_RESET_STICKY_TASK_QUEUE, Cause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
]);

/**
 * Everything in a history that was tried again: attempts of activities, local activities and of the workflow itself, activities that a
 * workflow calls again with the same input after a failure, and workflow tasks that failed or timed out.
 */
export function faultsOf(events: readonly HistoryEvent[]): Fault[] {
  return [...workflowFaults(events), ...activityFaults(events), ...localFaults(events), ...taskFaults(events)];
}

function workflowFaults([first]: readonly HistoryEvent[]): Fault[] {
  const started = first?.workflowExecutionStartedEventAttributes;
  const attempts = started?.attempt ?? 1;
  return attempts > 1
    ? [{ what: 'workflow', type: started?.workflowType?.name ?? '', attempts, ...reasonOf(started?.continuedFailure) }] : [];
}

function activityFaults(events: readonly HistoryEvent[]): Fault[] {
  const failedBefore = new Map<string, number>();
  return events.flatMap(({ eventId, activityTaskScheduledEventAttributes: scheduled }) => {
    if (!scheduled) return [];
    const of = <T extends { readonly scheduledEventId?: unknown } | null | undefined>(attributes: (event: HistoryEvent) => T) =>
      events.map(attributes).find((each) => String(each?.scheduledEventId) === String(eventId));
    const started = of((event) => event.activityTaskStartedEventAttributes);
    const failed = of((event) => event.activityTaskFailedEventAttributes) ?? of((event) => event.activityTaskTimedOutEventAttributes);
    const type = scheduled.activityType?.name ?? '';
    const key = JSON.stringify([type, (scheduled.input?.payloads ?? []).map(({ data }) => Buffer.from(data ?? []).toString('base64'))]);
    const earlier = failedBefore.get(key) ?? 0;
    const attempts = earlier + (started?.attempt ?? 1);
    if (failed) failedBefore.set(key, attempts);
    const why = reasonOf(started?.lastFailure ?? failed?.failure, scheduled);
    if (attempts <= 1) return [];
    return [{ what: 'activity' as const, type, attempts, ...(why.why === '' && earlier > 0 ? { why: callsAgain } : why) }];
  });
}

const callsAgain = 'it failed, and the workflow called it again with the same input';

function localFaults(events: readonly HistoryEvent[]): Fault[] {
  return localRuns(events).flatMap(({ type, attempts, failure }) => (
    attempts > 1 ? [{ what: 'activity' as const, type, attempts, why: reasonOf(failure).why || 'a local activity' }] : []
  ));
}

function taskFaults(events: readonly HistoryEvent[]): Fault[] {
  const type = events[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? '';
  return events.flatMap((event) => {
    const { workflowTaskFailedEventAttributes: failed, workflowTaskTimedOutEventAttributes: timedOut } = event;
    const fault = { what: 'workflow task' as const, type, attempts: 1 };
    if (failed && !innocent.has(failed.cause)) return [{ ...fault, why: failed.failure?.message ?? String(Cause[failed.cause ?? 0]) }];
    if (!timedOut) return [];
    const scheduled = events.find(({ eventId }) => String(eventId) === String(timedOut.scheduledEventId));
    const ms = timeOf(event.eventTime) - timeOf(scheduled?.eventTime);
    return [{ ...fault, why: `it timed out after ${seconds(ms)}`, late: true }];
  });
}

type Failure = NonNullable<HistoryEvent['activityTaskFailedEventAttributes']>['failure'];
type Limits = NonNullable<HistoryEvent['activityTaskScheduledEventAttributes']>;

/** The limits of an activity, by the kind of time-out that follows from each, and the kinds in words. */
const limits = [
  [TimeoutType.TIMEOUT_TYPE_HEARTBEAT, 'no heartbeat in time', 'heartbeatTimeout'],
  [TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE, 'it took too long', 'startToCloseTimeout'],
  [TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START, 'nobody took it in time', 'scheduleToStartTimeout'],
  [TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE, 'it took too long', 'scheduleToCloseTimeout'],
] as const;

/** How errors of time and of connections call themselves. */
const lateNames = /time.?out|timed.?out|deadline|connection|connect error/i;

function reasonOf(failure: Failure, scheduled?: Limits): Pick<Fault, 'why' | 'late'> {
  const type = failure?.applicationFailureInfo?.type;
  const limit = limits.find(([kind]) => kind === failure?.timeoutFailureInfo?.timeoutType);
  const said = `${type ? `${type}: ` : ''}${failure?.message ?? ''}`;
  if (limit === undefined) return { why: said, ...(lateNames.test(said) && { late: true }) };
  const ms = timeOf(scheduled?.[limit[2]]);
  return { why: `${said} (${limit[1]}${ms > 0 ? `, ${seconds(ms)}` : ''})`, late: true };
}
