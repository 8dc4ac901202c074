import type { Client } from '@temporalio/client';
import { eventsOf, type HistoryEvent } from './history.ts';

/** More histories of one execution are not read. */
const atMost = 50;

/** The history of an execution, of the runs before it that went on as it, and of its children, of theirs too. */
export async function familyOf(client: Client, events: readonly HistoryEvent[]): Promise<readonly (readonly HistoryEvent[])[]> {
  const all = [events];
  for (let index = 0; index < all.length && all.length < atMost; index += 1) {
    const relatives = relativesIn(all[index] ?? []);
    const read = await Promise.all(relatives.map(({ workflowId, runId }) => (
      eventsOf(client.workflow.getHandle(workflowId, runId)).catch(() => []) // one that was deleted, or is another namespace's
    )));
    all.push(...read.filter((history) => history.length > 0));
  }
  return all;
}

type Run = { readonly workflowId: string; readonly runId: string };

function relativesIn(events: readonly HistoryEvent[]): Run[] {
  return events.flatMap((event): Run[] => {
    const child = event.childWorkflowExecutionStartedEventAttributes?.workflowExecution;
    if (child?.workflowId && child.runId) return [{ workflowId: child.workflowId, runId: child.runId }];
    const { workflowId, continuedExecutionRunId: runId } = event.workflowExecutionStartedEventAttributes ?? {};
    return workflowId && runId ? [{ workflowId, runId }] : [];
  });
}
