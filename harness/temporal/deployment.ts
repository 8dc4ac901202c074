import type { Connection } from '@temporalio/client';
import { plainName } from '../system/plain-name.ts';

/** Where a worker deployment is looked for. */
type Place = { readonly connection: Connection; readonly namespace: string };

/**
 * Makes a version of a worker deployment the current one, also before anybody polls for it (`allow_no_pollers`, server 1.28 and later):
 * until then nothing is run on a versioned worker, and nothing says so.
 */
export async function makeCurrent({ connection, namespace }: Place, deploymentName: string, buildId: string): Promise<void> {
  await connection.workflowService.setWorkerDeploymentCurrentVersion({
    namespace, deploymentName, buildId, identity: plainName(), ignoreMissingTaskQueues: true, allowNoPollers: true,
  });
}

/** Lets a version have so many per cent of what is begun, beside the current one. */
export async function ramp({ connection, namespace }: Place, deploymentName: string, buildId: string, percentage: number): Promise<void> {
  await connection.workflowService.setWorkerDeploymentRampingVersion({
    namespace, deploymentName, buildId, percentage, identity: plainName(), ignoreMissingTaskQueues: true,
  });
}

/** The task queues that workers of a version have polled, as the server lists them; undefined where it knows of no such version. */
export async function queuesOfVersion(
  { connection, namespace }: Place, deploymentName: string, buildId: string,
): Promise<readonly string[] | undefined> {
  try {
    const { versionTaskQueues } = await connection.workflowService.describeWorkerDeploymentVersion({
      namespace, deploymentVersion: { deploymentName, buildId },
    });
    return versionTaskQueues.map(({ name }) => name ?? '');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 5) return undefined; // gRPC NOT_FOUND
    throw error;
  }
}

/** Every version of the namespace's worker deployments that the server has heard of, as NAME:BUILD_ID. */
export async function versionsOf({ connection, namespace }: Place): Promise<readonly string[]> {
  const { workerDeployments } = await connection.workflowService.listWorkerDeployments({ namespace });
  const all = await Promise.all(workerDeployments.map(async ({ name }) => {
    const { workerDeploymentInfo } = await connection.workflowService.describeWorkerDeployment({ namespace, deploymentName: name ?? '' });
    return (workerDeploymentInfo?.versionSummaries ?? []).map(({ deploymentVersion }) => `${name}:${deploymentVersion?.buildId}`);
  }));
  return all.flat();
}
