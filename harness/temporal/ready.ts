import type { Connection } from '@temporalio/client';
import type { CpuUse } from '../system/cpu/cpu-use.ts';
import type { Launch } from '../system/launch/launch.ts';
import { waitFor, type WaitOptions } from '../system/wait.ts';
import { pidsIn, type Poller } from './pollers.ts';
import { pollersAt, queuesText, unpolled, type Post } from './post.ts';

type ReadyOptions = Pick<WaitOptions, 'deadlineMs' | 'signal'> & {
  readonly how?: 'every queue' | 'any queue';
  /** Whether the server may know of it already: before that it is asked now and then only. */
  readonly mayPoll?: (() => boolean) | undefined;
  /** Whether an identity was seen to poll by this launch's own way to the server: it need not hold a pid. */
  readonly isSeen?: ((identity: string) => boolean) | undefined;
};

/** An answer that nobody expects yet is asked for this often: each costs the machine that the worker starts on some of its time. */
const unexpectedEveryMs = 500;

/** Whether an identity names a process of this launch. */
export function namesProcess(launch: Launch, identity: string): boolean {
  return pidsIn(identity).some((pid) => launch.tree.has(pid));
}

/** When a launch was ready, in milliseconds from the spawn, and what it waited for a CPU and used until then. */
export type Ready = { readonly readyMs: number; readonly use: CpuUse };

/**
 * Waits until the server lists a poller of this launch on every queue that it should poll; this is what "ready" means
 * here (never a log line, never a sleep). With `how` "any queue" one poller is enough: a configuration that a check tries
 * may make a worker poll less. What the launch waits for a CPU that others have does not count.
 * @throws {WaitFailed} whose kind is `machine` when that alone made it late.
 */
export async function untilReady(connection: Connection, launch: Launch, post: Post, options: ReadyOptions): Promise<Ready> {
  const { deadlineMs, signal, how = 'every queue', mayPoll = () => true, isSeen = () => false } = options;
  let [seen, askedMs]: [readonly Poller[], number] = [[], performance.now()];
  return waitFor(
    `a poller of this launch on ${queuesText(post)}`,
    async () => {
      if (!mayPoll() && performance.now() - askedMs < unexpectedEveryMs) return undefined;
      askedMs = performance.now();
      seen = await pollersAt(connection, post);
      const own = seen.filter(({ identity }) => namesProcess(launch, identity) || isSeen(identity));
      const enough = how === 'every queue' ? unpolled(post, own).length === 0 : own.length > 0;
      return enough ? { readyMs: launch.elapsedMs(), use: launch.cpu.use() } : undefined;
    },
    {
      deadlineMs, signal, everyMs: 20, stretch: launch.cpu.stretch(), over: () => ended(launch), seen: () => describeSeen(launch, seen),
    },
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
  const who = [...new Set(pollers.map(({ identity }) => identity))];
  const listed = who.length > 0 ? `the server lists ${who.join(', ')} there` : 'the server lists no poller there';
  return `${listed}; last output:\n${launch.output.tail(8) || '(none)'}`;
}
