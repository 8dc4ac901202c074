import { pidsIn } from '../temporal/pollers.ts';
import type { Launch } from '../system/launch/launch.ts';
import type { Post } from '../temporal/post.ts';
import type { Polling } from './polling.ts';
import type { Site } from './site.ts';

type Launched = { readonly launch: Launch; readonly post: Post; readonly site: Site; readonly way: Polling | undefined };

/**
 * The process of a launch that does the work, where that is another than the started one: the one that its pollers' identity names, or
 * that was seen to poll, else the same program again, which is what a one-file executable starts once it has unpacked itself.
 */
export async function workerProcess({ launch, post, site, way }: Launched): Promise<number | undefined> {
  const members = launch.alive();
  const started = members.find(({ pid }) => pid === launch.pid);
  const others = members.filter((entry) => entry !== started);
  if (others.length === 0) return undefined;
  const listed = (await site.pollers(post)).flatMap(({ identity }) => pidsIn(identity));
  const named = new Set([...listed, ...(way?.seen ?? []).flatMap(({ process }) => process?.pid ?? [])]);
  if (named.has(launch.pid)) return undefined;
  return (others.find(({ pid }) => named.has(pid)) ?? others.find(({ command }) => command === started?.command))?.pid;
}
