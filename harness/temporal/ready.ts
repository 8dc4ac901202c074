import type { Connection } from '@temporalio/client';
import type { Launch } from '../process/launch.ts';
import { waitFor } from '../process/wait.ts';
import { listPollers, pidsIn, type Poller } from './pollers.ts';

/** Where a launch was told to poll, and which of the two queues must have a poller. */
export type Post = { readonly namespace: string; readonly taskQueue: string; readonly queues: readonly Poller['queue'][] };

/** Whether a poller's identity names a process of this launch. */
export function isOwn(launch: Launch, poller: Poller): boolean {
  return pidsIn(poller.identity).some((pid) => launch.owns(pid));
}

/**
 * Waits until the server lists a poller of this launch on every queue that it should poll; this is what "ready" means
 * here (never a log line, never a sleep).
 * @returns milliseconds from the spawn.
 */
export async function waitUntilReady(connection: Connection, launch: Launch, post: Post, deadlineMs: number, signal?: AbortSignal): Promise<number> {
  let seen: readonly Poller[] = [];
  return waitFor(
    `a poller of this launch on task queue "${post.taskQueue}"`,
    async () => {
      seen = await listPollers(connection, post.namespace, post.taskQueue);
      const own = seen.filter((poller) => isOwn(launch, poller));
      return post.queues.every((queue) => own.some((poller) => poller.queue === queue)) ? launch.elapsedMs() : undefined;
    },
    { deadlineMs, signal, everyMs: 20, over: () => ended(launch), seen: () => describeSeen(launch, seen) },
  );
}

/** One clause about a launch that has ended, undefined while it runs. */
export function ended(launch: Launch): string | undefined {
  const { exit } = launch;
  if (!exit) return undefined;
  if (exit.error !== undefined) return `it could not be started: ${exit.error}`;
  return exit.signal ? `it was ended by ${exit.signal}` : `it exited with ${exit.code}`;
}

function describeSeen(launch: Launch, pollers: readonly Poller[]): string {
  const who = [...new Set(pollers.map((poller) => poller.identity))];
  const listed = who.length > 0 ? `the server lists ${who.join(', ')} there` : 'the server lists no poller there';
  return `${listed}; last output:\n${launch.output.tail(6) || '(none)'}`;
}
