import type { Connection } from '@temporalio/client';
import { listPollers, type Poller } from './pollers.ts';

/** A task queue as a launch was told it: what the contract calls it, its name on the server, and for which kinds of tasks it is polled. */
export type PostedQueue = { readonly name: string; readonly taskQueue: string; readonly kinds: readonly Poller['queue'][] };

/** Where a launch was told to work. */
export type Post = { readonly namespace: string; readonly taskQueues: readonly PostedQueue[] };

/** Whether a launch was told to poll this task queue. */
export function isPosted({ taskQueues }: Post, name: string): boolean {
  return taskQueues.some(({ taskQueue }) => taskQueue === name);
}

/** Whether two launches were told of a task queue that is the same. */
export function sharesQueue(one: Post, other: Post): boolean {
  return one.taskQueues.some(({ taskQueue }) => isPosted(other, taskQueue));
}

/** For what workers poll beside what they were told to. */
const usual = ['workflow', 'activity'] as const;

/** The pollers of all of a launch's task queues. */
export async function pollersAt(connection: Connection, { namespace, taskQueues }: Post): Promise<Poller[]> {
  return (await Promise.all(taskQueues.map(({ taskQueue, kinds }) => (
    listPollers(connection, namespace, taskQueue, [...new Set([...usual, ...kinds])])
  )))).flat();
}

type Unpolled = { readonly taskQueue: string; readonly kind: Poller['queue'] };

/** The kinds of tasks, by queue, for which a post wants a poller and these are none. */
export function unpolled({ taskQueues }: Post, pollers: readonly Poller[]): Unpolled[] {
  return taskQueues.flatMap(({ taskQueue, kinds }) => kinds.flatMap((kind) => (
    pollers.some((poller) => poller.taskQueue === taskQueue && poller.queue === kind) ? [] : [{ taskQueue, kind }]
  )));
}

/** 'task queue "a"', or 'task queues "a", "b"'. */
export function queuesText({ taskQueues }: Post): string {
  const names = taskQueues.map(({ taskQueue }) => `"${taskQueue}"`);
  return `task ${names.length === 1 ? 'queue' : 'queues'} ${names.join(', ')}`;
}
