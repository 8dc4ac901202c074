import type { WorkflowHandle } from '@temporalio/client';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/** One event of a history. */
export type HistoryEvent = NonNullable<History['events']>[number];

/** The events of an execution so far, oldest first. */
export async function eventsOf(handle: WorkflowHandle): Promise<HistoryEvent[]> {
  return (await handle.fetchHistory()).events ?? [];
}

/** The activity events of one activity, joined through its scheduled event. */
export type ActivityRun = ReturnType<typeof activityRuns>[number];

/** The events that close an activity. */
const closings = [
  ['activityTaskCompletedEventAttributes', 'completed'], ['activityTaskFailedEventAttributes', 'failed'],
  ['activityTaskTimedOutEventAttributes', 'timed-out'], ['activityTaskCanceledEventAttributes', 'canceled'],
] as const;

/** What became of every activity that the history schedules. */
export function activityRuns(events: readonly HistoryEvent[]) {
  return events.flatMap(({ eventId, activityTaskScheduledEventAttributes: scheduled }) => {
    if (!scheduled) return [];
    const id = String(eventId);
    const started = events.map((event) => event.activityTaskStartedEventAttributes).find((each) => String(each?.scheduledEventId) === id);
    const closing = closings.find(([attributes]) => events.some((event) => String(event[attributes]?.scheduledEventId) === id));
    return [{
      id: scheduled.activityId ?? '',
      type: scheduled.activityType?.name ?? '',
      taskQueue: scheduled.taskQueue?.name ?? '',
      attempt: started?.attempt ?? undefined,
      /** Who took the task that was closed. */
      identity: started?.identity ?? '',
      closed: closing?.[1],
    }];
  });
}

/** When an activity was at work, the last time, in milliseconds since 1970 by the server's clock. */
export type ActivitySpan = { readonly type: string; readonly fromMs: number; readonly toMs: number };

/** When activities on these task queues were at work. */
export function spansOf(events: readonly HistoryEvent[], isOne: (taskQueue: string) => boolean): ActivitySpan[] {
  const own = new Map(events.flatMap(({ eventId, activityTaskScheduledEventAttributes: scheduled }) => (
    scheduled && isOne(scheduled.taskQueue?.name ?? '') ? [[String(eventId), scheduled.activityType?.name ?? '']] : []
  )));
  return events.flatMap(({ activityTaskStartedEventAttributes: started, eventTime }) => {
    const id = String(started?.scheduledEventId);
    const type = own.get(id);
    if (!started || type === undefined) return [];
    const closing = events.find((event) => closings.some(([attributes]) => String(event[attributes]?.scheduledEventId) === id));
    return closing === undefined ? [] : [{ type, fromMs: timeOf(eventTime), toMs: timeOf(closing.eventTime) }];
  });
}

/** A time of the server in milliseconds since 1970. */
export function timeOf(time: HistoryEvent['eventTime']): number {
  return Number(time?.seconds ?? 0) * 1_000 + (time?.nanos ?? 0) / 1e6;
}

/** The identities that took or completed a workflow task of this history. */
export function workflowTaskIdentities(events: readonly HistoryEvent[]): string[] {
  return events.flatMap(
    (event) => event.workflowTaskStartedEventAttributes?.identity ?? event.workflowTaskCompletedEventAttributes?.identity
      ?? event.workflowTaskFailedEventAttributes?.identity ?? [],
  );
}

/** Who took tasks of this history, each once. */
export function takersOf(events: readonly HistoryEvent[]): string[] {
  const identities = [...workflowTaskIdentities(events), ...activityRuns(events).map((run) => run.identity)];
  return [...new Set(identities)].filter((identity) => identity !== '');
}

/** The name and version of an SDK, for example temporal-python 1.35.0. */
export type Sdk = { readonly name: string; readonly version: string };

/** The SDK that completed the first workflow task; undefined before that. */
export function sdkOf(events: readonly HistoryEvent[]): Sdk | undefined {
  const task = events.find((event) => event.workflowTaskCompletedEventAttributes?.sdkMetadata?.sdkName);
  const metadata = task?.workflowTaskCompletedEventAttributes?.sdkMetadata;
  return metadata?.sdkName ? { name: metadata.sdkName, version: metadata.sdkVersion ?? '' } : undefined;
}

/** A history as JSON text for people: payload bytes are shown as the text that they are. */
export function historyText(events: readonly HistoryEvent[]): string {
  return JSON.stringify(events, readable, 1);
}

/** Given the raw value: JSON has turned bytes into lists of numbers already. */
function readable(this: Readonly<Record<string, unknown>>, key: string): unknown {
  const value = this[key];
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return isLong(value) ? value.toString() : (value ?? undefined);
}

function isLong(value: unknown): value is { toString(): string } {
  return typeof value === 'object' && value !== null && 'low' in value && 'high' in value && 'unsigned' in value;
}
