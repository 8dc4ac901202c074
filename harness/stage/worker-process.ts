import type { Connection } from '@temporalio/client';
import type { Launch } from '../system/launch/launch.ts';
import { listPollers, pidsIn } from '../temporal/pollers.ts';
import type { Post } from '../temporal/ready.ts';

/**
 * The process of a launch that does the work, where that is another than the started one: the one that its pollers' identity names, else
 * the same program again, which is what a one-file executable starts once it has unpacked itself.
 */
export async function workerProcess(connection: Connection, launch: Launch, { namespace, taskQueue }: Post): Promise<number | undefined> {
  const members = launch.alive();
  const started = members.find(({ pid }) => pid === launch.pid);
  const others = members.filter((entry) => entry !== started);
  if (others.length === 0) return undefined;
  const named = new Set((await listPollers(connection, namespace, taskQueue)).flatMap(({ identity }) => pidsIn(identity)));
  if (named.has(launch.pid)) return undefined;
  return (others.find(({ pid }) => named.has(pid)) ?? others.find(({ command }) => command === started?.command))?.pid;
}
