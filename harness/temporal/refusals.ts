import type { WorkflowHandle } from '@temporalio/client';
import { messageIn } from './codec.ts';
import { eventsOf } from './history.ts';

/** What is heard where a task of a made-up type was done: an answer too, and no refusal. */
export const done = 'it was done, though nobody knows what it is';

/**
 * The types that a refusal lists. Python: "…, available activities: a, b"; TypeScript: the same as JSON; Go: "Supported types: [a, b]";
 * Java: "Known types are [A]" and "Known types are: a, b".
 */
export function listed(answer: string | undefined): string[] | undefined {
  const names = /(?:available (?:workflows|activities):|Supported types:|Known types are:?) ?\[?(.*?)\]?$/m.exec(answer ?? '')?.[1];
  return names
    ?.split(',')
    .map((name) => name.replaceAll('"', '').trim())
    .filter((name) => name !== '');
}

/** What a worker says of a workflow of a type that it does not have; undefined as long as it says nothing. */
export async function workflowRefusal(handle: WorkflowHandle): Promise<string | undefined> {
  for (const event of await eventsOf(handle)) {
    if (event.workflowExecutionCompletedEventAttributes) return done;
    const failure = event.workflowTaskFailedEventAttributes?.failure ?? event.workflowExecutionFailedEventAttributes?.failure;
    const message = await messageIn(handle.client, failure);
    if (message) return message;
  }
  return undefined;
}

/** What it says of an activity, which the workflow of this handle calls. */
export async function activityRefusal(handle: WorkflowHandle): Promise<string | undefined> {
  const { raw } = await handle.describe();
  const pending = await messageIn(handle.client, raw.pendingActivities?.[0]?.lastFailure);
  if (pending) return pending;
  const events = await eventsOf(handle);
  if (events.some((event) => event.activityTaskCompletedEventAttributes)) return done;
  const failed = events.find((event) => event.activityTaskFailedEventAttributes);
  return messageIn(handle.client, failed?.activityTaskFailedEventAttributes?.failure);
}
