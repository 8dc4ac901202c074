import { proxyActivities } from '@temporalio/workflow';

/** One activity of the subject, called the way its real callers do. */
export type Call = { readonly activity: string; readonly taskQueue: string; readonly args: readonly unknown[] };

/** Hosted by the harness: calls one activity on the subject's task queue, so that a worker without workflows can be driven. */
export async function callActivity({ activity, taskQueue, args }: Call): Promise<unknown> {
  const activities = proxyActivities<Record<string, (...input: unknown[]) => Promise<unknown>>>({
    taskQueue,
    startToCloseTimeout: '2 minutes',
    heartbeatTimeout: '10 seconds',
    retry: { initialInterval: '200ms', backoffCoefficient: 1 },
  });
  return activities[activity]?.(...args);
}
