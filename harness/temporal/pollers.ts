import type { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';

/** A poller as the server lists it. */
export type Poller = { readonly queue: 'workflow' | 'activity' | 'nexus'; readonly taskQueue: string; readonly identity: string };

const { TaskQueueType } = proto.temporal.api.enums.v1;
const queueTypes = {
  workflow: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, activity: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
  nexus: TaskQueueType.TASK_QUEUE_TYPE_NEXUS,
} as const;

/**
 * The pollers of a task queue, for these kinds of tasks. Uses the legacy form of DescribeTaskQueue (no `apiMode`):
 * the enhanced one answers from a cache that is about 5 s old (hazards TW-05).
 */
export async function listPollers(
  connection: Pick<Connection, 'workflowService'>, namespace: string, taskQueue: string,
  kinds: readonly Poller['queue'][] = ['workflow', 'activity'],
): Promise<Poller[]> {
  const each = kinds.map(async (queue) => {
    const { pollers } = await connection.workflowService.describeTaskQueue({
      namespace, taskQueue: { name: taskQueue }, taskQueueType: queueTypes[queue],
    });
    return pollers.map(({ identity }): Poller => ({ queue, taskQueue, identity: identity ?? '' }));
  });
  return (await Promise.all(each)).flat();
}

/** The numbers in an identity that may be pids; SDKs write "<pid>@<host>" unless told otherwise. */
export function pidsIn(identity: string): number[] {
  return [...identity.matchAll(/\d+/g)].map(([digits]) => Number(digits)).filter((pid) => Number.isSafeInteger(pid) && pid > 1);
}

/** Whether this process polls so: the harness has workers of its own, for what calls activities and for those that it stands in for. */
export function isHarness(identity: string): boolean {
  return pidsIn(identity).includes(process.pid);
}

// temporal.api.enums.v1.WorkerStatus
const statuses = ['unspecified', 'running', 'shutting-down', 'shut-down'] as const;

/** A worker as the server's ListWorkers knows it from the worker's own heartbeat. */
export type ListedWorker = {
  readonly taskQueue: string;
  readonly identity: string;
  /** The process that it says to be; in a PID namespace of its own that is the number there. */
  readonly host: string;
  readonly processId: string;
  readonly sdkName: string;
  readonly sdkVersion: string;
  readonly status: (typeof statuses)[number];
};

/** The workers of a namespace, or of one task queue of it; undefined when the server is too old to have ListWorkers. */
export async function listWorkers(connection: Connection, namespace: string, taskQueue?: string): Promise<ListedWorker[] | undefined> {
  try {
    const { workersInfo } = await connection.workflowService.listWorkers({ namespace, pageSize: 100 });
    const beats = workersInfo.flatMap(({ workerHeartbeat }) => workerHeartbeat ?? []);
    return beats.filter((beat) => taskQueue === undefined || beat.taskQueue === taskQueue).map((beat) => ({
      taskQueue: beat.taskQueue ?? '', identity: beat.workerIdentity ?? '', sdkName: beat.sdkName ?? '', sdkVersion: beat.sdkVersion ?? '',
      host: beat.hostInfo?.hostName ?? '', processId: beat.hostInfo?.processId ?? '',
      status: statuses[beat.status ?? 0] ?? 'unspecified',
    }));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 12) return undefined; // gRPC UNIMPLEMENTED
    throw error;
  }
}
