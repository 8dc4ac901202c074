import type { Contract } from './schema.ts';
import { securedPointers } from './secured.ts';
import type { Queue } from './temporal-schema.ts';

/** In a list of types: the worker answers to any name (a dynamic workflow or activity). */
export const anyType = '*';

/** The name of a queue that nobody named. */
const onlyQueue = 'main';

/** A variable or flag by which the harness tells the worker where to work. */
export type Pointer = { readonly name: string } & (
  { readonly what: 'address' | 'namespace' | 'buildId' } | { readonly what: 'taskQueue'; readonly queue: string }
);

/** All of them. */
export function pointersOf({ temporal: { address, namespace, deployment, taskQueues } }: Contract): readonly Pointer[] {
  const told = { address, namespace, buildId: deployment?.buildId };
  return [
    ...(['address', 'namespace', 'buildId'] as const).flatMap((what) => {
      const name = told[what];
      return typeof name === 'string' ? [{ what, name }] : [];
    }),
    ...taskQueues.flatMap(({ name: queue, from }) => (from === undefined ? [] : [{ what: 'taskQueue', queue, name: from } as const])),
  ];
}

/** Whether the worker is told so by this variable or flag. */
export function isPointer(contract: Contract | undefined, name: string): boolean {
  return contract !== undefined && [...pointersOf(contract), ...securedPointers(contract)].some((pointer) => pointer.name === name);
}

/** The contract's name of the task queue that this variable or flag gives, the first one's where it gives none. */
export function queueToldBy(contract: Contract, name: string): string {
  const pointer = pointersOf(contract).find((each) => each.what === 'taskQueue' && each.name === name);
  return pointer?.what === 'taskQueue' ? pointer.queue : (contract.temporal.taskQueues[0]?.name ?? onlyQueue);
}

/**
 * The same contract with what it may leave out: the short form of one task queue written out, what all queues register in `registers`,
 * and the endpoint of each Nexus operation where there is one only.
 */
export function withQueues(contract: Contract): Contract {
  const { temporal: { taskQueue, taskQueues, ...temporal }, registers, nexus: [endpoint] } = contract;
  const told = typeof taskQueue === 'string' ? { from: taskQueue } : taskQueue;
  const queues: Queue[] = taskQueues.length > 0 ? taskQueues : [{ name: onlyQueue, ...told, ...registers }];
  const all = (kind: 'workflows' | 'activities') => [...new Set(queues.flatMap((queue) => queue[kind]))];
  return {
    ...contract, temporal: { ...temporal, taskQueues: queues }, registers: { workflows: all('workflows'), activities: all('activities') },
    executions: contract.executions.map(({ nexus, ...execution }) => (
      { ...execution, ...(nexus && { nexus: { ...(endpoint && { endpoint: endpoint.endpoint }), ...nexus } }) }
    )),
  };
}

/** The name of the queue on which a type is registered; the first one's where several, or none, have it. */
export function queueOf({ temporal: { taskQueues } }: Contract, type: string): string {
  const having = (name: string) => taskQueues.find(({ workflows, activities }) => workflows.includes(name) || activities.includes(name));
  const found = having(type) ?? having(anyType) ?? taskQueues[0];
  return found?.name ?? onlyQueue;
}
