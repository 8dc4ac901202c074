import { createNexusServiceClient, proxyActivities } from '@temporalio/workflow';
import { operation as nexusOperation, service } from 'nexus-rpc';

/** One operation of a Nexus service of the subject. */
export type NexusCall = {
  readonly endpoint: string; readonly service: string; readonly operation: string; readonly args: readonly unknown[];
};

/** One activity of the subject, called the way its real callers do. */
export type ActivityCall = {
  readonly activity: string;
  readonly taskQueue: string;
  readonly args: readonly unknown[];
  /** 0 means without limit. */
  readonly maximumAttempts: number;
};

const limit = '2 minutes';

/**
 * Hosted by the harness: calls one activity on the subject's task queue, or one operation through a Nexus endpoint that leads there, so
 * that a worker without workflows can be driven. As the default it answers to any name: which one, the subject sees.
 */
export default async function call(called: ActivityCall | NexusCall): Promise<unknown> {
  return 'endpoint' in called ? callNexus(called) : callActivity(called);
}

async function callNexus({ endpoint, service: name, operation, args }: NexusCall): Promise<unknown> {
  const client = createNexusServiceClient({ endpoint, service: service(name, { [operation]: nexusOperation<unknown, unknown>() }) });
  return client.executeOperation(operation, args[0], { scheduleToCloseTimeout: limit });
}

async function callActivity({ activity, taskQueue, args, maximumAttempts }: ActivityCall): Promise<unknown> {
  const activities = proxyActivities<Record<string, (...input: unknown[]) => Promise<unknown>>>({
    taskQueue,
    startToCloseTimeout: limit,
    retry: { initialInterval: '200ms', backoffCoefficient: 1, ...(maximumAttempts > 0 && { maximumAttempts }) },
  });
  return activities[activity]?.(...args);
}
