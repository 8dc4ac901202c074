import type { Connection } from '@temporalio/client';

/** A worker as the server's ListWorkers knows it from the worker's own heartbeat. */
export type ListedWorker = {
  readonly identity: string;
  readonly taskQueue: string;
  readonly sdkName: string;
  readonly sdkVersion: string;
  readonly status: 'running' | 'shutting-down' | 'shut-down' | 'unspecified';
};

// temporal.api.enums.v1.WorkerStatus
const statuses = ['unspecified', 'running', 'shutting-down', 'shut-down'] as const;

/** The workers on a task queue; undefined when the server is too old to have ListWorkers. */
export async function listWorkers(connection: Connection, namespace: string, taskQueue: string): Promise<ListedWorker[] | undefined> {
  try {
    const { workersInfo } = await connection.workflowService.listWorkers({ namespace, pageSize: 100 });
    return (workersInfo ?? [])
      .map((info) => info.workerHeartbeat)
      .filter((heartbeat) => heartbeat?.taskQueue === taskQueue)
      .map((heartbeat) => ({
        identity: heartbeat?.workerIdentity ?? '',
        taskQueue,
        sdkName: heartbeat?.sdkName ?? '',
        sdkVersion: heartbeat?.sdkVersion ?? '',
        status: statuses[heartbeat?.status ?? 0] ?? 'unspecified',
      }));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 12) return undefined; // gRPC UNIMPLEMENTED
    throw error;
  }
}
