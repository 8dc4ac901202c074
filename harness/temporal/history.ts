import type { WorkflowHandle } from '@temporalio/client';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/** One event of a history. */
export type HistoryEvent = NonNullable<History['events']>[number];

/** The events of an execution so far, oldest first. */
export async function eventsOf(handle: WorkflowHandle): Promise<HistoryEvent[]> {
  return (await handle.fetchHistory()).events ?? [];
}

/** The activity events of one activity type, joined through its scheduled event. */
export type ActivityRun = {
  readonly id: string;
  readonly type: string;
  readonly taskQueue: string;
  readonly attempt: number | undefined;
  /** Who took the task that was closed. */
  readonly identity: string;
  readonly closed: 'completed' | 'failed' | 'timed-out' | 'canceled' | undefined;
};

/** What became of every activity that the history schedules. */
export function activityRuns(events: readonly HistoryEvent[]): ActivityRun[] {
  return events.flatMap((event) => {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (!scheduled) return [];
    const id = String(event.eventId);
    const started = events.find((other) => String(other.activityTaskStartedEventAttributes?.scheduledEventId) === id);
    const closing = events.find((other) => String(closingScheduledId(other)) === id);
    return [
      {
        id: scheduled.activityId ?? '',
        type: scheduled.activityType?.name ?? '',
        taskQueue: scheduled.taskQueue?.name ?? '',
        attempt: started?.activityTaskStartedEventAttributes?.attempt ?? undefined,
        identity: started?.activityTaskStartedEventAttributes?.identity ?? '',
        closed: closing && closedAs(closing),
      },
    ];
  });
}

function closingScheduledId(event: HistoryEvent): unknown {
  const attributes =
    event.activityTaskCompletedEventAttributes ?? event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes
      ?? event.activityTaskCanceledEventAttributes;
  return attributes?.scheduledEventId;
}

function closedAs(event: HistoryEvent): ActivityRun['closed'] {
  if (event.activityTaskCompletedEventAttributes) return 'completed';
  if (event.activityTaskFailedEventAttributes) return 'failed';
  return event.activityTaskTimedOutEventAttributes ? 'timed-out' : 'canceled';
}

/** The identities that took or completed a workflow task of this history. */
export function workflowTaskIdentities(events: readonly HistoryEvent[]): string[] {
  return events.flatMap(
    (event) => event.workflowTaskStartedEventAttributes?.identity ?? event.workflowTaskCompletedEventAttributes?.identity
      ?? event.workflowTaskFailedEventAttributes?.identity ?? [],
  );
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

function readable(_key: string, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (isBufferJson(value)) return new TextDecoder().decode(Uint8Array.from(value.data));
  return isLong(value) ? value.toString() : value;
}

function isBufferJson(value: unknown): value is { data: number[] } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value
    && Array.isArray(value.data);
}

function isLong(value: unknown): value is { low: number; high: number; toString(): string } {
  return typeof value === 'object' && value !== null && 'low' in value && 'high' in value && 'unsigned' in value;
}
