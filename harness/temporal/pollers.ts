import type { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';

/** A poller as the server lists it. */
export type Poller = { readonly queue: 'workflow' | 'activity'; readonly identity: string; readonly lastAccessMs: number };

/**
 * The pollers of a task queue, workflow and activity queue. Uses the legacy form of DescribeTaskQueue (no `apiMode`):
 * the enhanced one answers from a cache that is about 5 s old (hazards TW-05).
 */
export async function listPollers(connection: Connection, namespace: string, taskQueue: string): Promise<Poller[]> {
  const both = (['workflow', 'activity'] as const).map(async (queue) => {
    const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = proto.temporal.api.enums.v1.TaskQueueType;
    const { pollers } = await connection.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: queue === 'workflow' ? TASK_QUEUE_TYPE_WORKFLOW : TASK_QUEUE_TYPE_ACTIVITY,
    });
    return (pollers ?? []).map((poller) => ({
      queue,
      identity: poller.identity ?? '',
      lastAccessMs: Number(poller.lastAccessTime?.seconds ?? 0) * 1000 + (poller.lastAccessTime?.nanos ?? 0) / 1e6,
    }));
  });
  return (await Promise.all(both)).flat();
}

/** The numbers in an identity that may be pids; SDKs write "<pid>@<host>" unless told otherwise. */
export function pidsIn(identity: string): number[] {
  return [...identity.matchAll(/\d+/g)].map(([digits]) => Number(digits)).filter((pid) => Number.isSafeInteger(pid) && pid > 1);
}
