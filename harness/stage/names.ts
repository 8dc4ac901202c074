import getPort from 'get-port';
import type { Contract } from '../contract/schema.ts';
import { plainName } from '../system/plain-name.ts';
import type { Post } from '../temporal/post.ts';

/** The task queues of one launch by the contract's names: those of the worker's code, and new ones for all that it is told. */
export function queuesOf({ temporal: { taskQueues } }: Contract): Readonly<Record<string, string>> {
  return Object.fromEntries(taskQueues.map(({ name, fixed }) => [name, fixed ?? plainName()]));
}

/** The build id of one launch: the one in the worker's code, or a new one. */
export function buildIdOf({ temporal: { deployment } }: Contract): string {
  return typeof deployment?.buildId === 'object' ? deployment.buildId.fixed : plainName();
}

/** Where a launch is to poll, and for what. */
export function postOf({ temporal, nexus }: Contract, namespace: string, queues: Readonly<Record<string, string>>): Post {
  return {
    namespace,
    taskQueues: temporal.taskQueues.map(({ name, workflows, activities }) => ({
      name, taskQueue: queues[name] ?? '',
      kinds: [
        ...(workflows.length > 0 ? ['workflow' as const] : []), ...(activities.length > 0 ? ['activity' as const] : []),
        ...(nexus.some(({ queue }) => queue === name) ? ['nexus' as const] : []),
      ],
    })),
  };
}

/** A free loopback port for each name. */
export async function freePorts(names: readonly string[]): Promise<Readonly<Record<string, number>>> {
  const ports: Record<string, number> = {};
  for (const name of names) ports[name] = await getPort({ host: '127.0.0.1' });
  return ports;
}
