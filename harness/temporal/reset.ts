import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';
import { eventsOf, type HistoryEvent } from './history.ts';
import type { ClosedRun } from './replay.ts';

const { WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW: ofReset } = proto.temporal.api.enums.v1.WorkflowTaskFailedCause;

/**
 * Begins a closed run anew where a worker had done its last workflow task but `back`: whoever polls then replays what is before that task,
 * and does the rest again.
 * @returns the new run; undefined where the run had not so many tasks.
 */
export async function resetTo(client: Client, { workflowId, runId }: ClosedRun, back: number): Promise<WorkflowHandle | undefined> {
  const events = await eventsOf(client.workflow.getHandle(workflowId, runId));
  const done = events.filter((event) => event.workflowTaskCompletedEventAttributes);
  const to = done.at(-1 - back)?.eventId;
  if (to === undefined || to === null || done.length <= back) return undefined;
  const answer = await client.workflowService.resetWorkflowExecution({
    namespace: client.options.namespace, workflowExecution: { workflowId, runId }, workflowTaskFinishEventId: to, requestId: randomUUID(),
    reason: 'replayed by another process',
  });
  return client.workflow.getHandle(workflowId, answer.runId);
}

/** The events of a run that was begun anew, once a worker has replayed it or failed to; undefined before. */
export async function replayed(handle: WorkflowHandle): Promise<readonly HistoryEvent[] | undefined> {
  const events = await eventsOf(handle);
  const since = events.slice(events.findLastIndex((event) => event.workflowTaskFailedEventAttributes?.cause === ofReset) + 1);
  return since.some((event) => event.workflowTaskCompletedEventAttributes ?? event.workflowTaskFailedEventAttributes) ? events : undefined;
}
