import { proxyActivities } from '@temporalio/workflow';

/** One activity of the subject, called the way its real callers do. */
export type Call = {
  readonly activity: string;
  readonly taskQueue: string;
  readonly args: readonly unknown[];
  /** 0 means without limit. */
  readonly maximumAttempts: number;
};

/**
 * Hosted by the harness: calls one activity on the subject's task queue, so that a worker without workflows can be driven. As the default
 * it answers to any name: which one, the subject sees.
 */
export default async function callActivity({ activity, taskQueue, args, maximumAttempts }: Call): Promise<unknown> {
  const activities = proxyActivities<Record<string, (...input: unknown[]) => Promise<unknown>>>({
    taskQueue,
    startToCloseTimeout: '2 minutes',
    retry: { initialInterval: '200ms', backoffCoefficient: 1, ...(maximumAttempts > 0 && { maximumAttempts }) },
  });
  return activities[activity]?.(...args);
}
