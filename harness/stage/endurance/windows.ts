import { lstatSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isUnpackedFolder } from '../../runtimes/registry.ts';
import { excusedMs, useBetween } from '../../system/cpu/cpu-use.ts';
import { entriesOf, type Room } from '../../system/launch/room.ts';
import { holdingsOf, type Holdings } from '../../system/processes/holdings.ts';
import type { Actor, Plan } from '../actor.ts';
import { compare } from '../expectation.ts';
import { batch, type Done } from './load.ts';
import type { Pace } from './pace.ts';

/** What a worker held when it had just done so many executions and nothing was in flight, and how the last of them went. */
export type Look = { readonly executions: number; readonly lines: number; readonly files: number; readonly pace: Pace } & Holdings;

/** What a worker holds before it is given anything. */
export function firstLook({ launch }: Actor): Look {
  return { executions: 0, pace: { ms: 0, cpuMs: 0, busy: 0 }, ...look(launch) };
}

/** Runs one window of executions, each plan's at once, and looks at what the worker holds afterwards. */
export async function nextWindow(
  actor: Actor, plans: readonly Plan[], { size, atOnce, done }: { readonly size: number; readonly atOnce: number; readonly done: number },
): Promise<{ readonly ended: readonly Done[]; readonly look: Look }> {
  const { launch } = actor;
  const from = launch.cpu.sample();
  const ended: Done[] = [];
  while (ended.length < size && ended.every(({ plan, ending }) => compare(plan, { ending }) === undefined)) {
    for (const plan of plans) ended.push(...await batch(actor, plan, Math.min(atOnce, size, plan.concurrency ?? atOnce)));
  }
  const use = useBetween(from, launch.cpu.sample());
  const busy = (use.othersCores + use.usedMs / use.elapsedMs) / availableParallelism();
  const pace = { ms: (use.elapsedMs - excusedMs(use)) / ended.length, cpuMs: use.usedMs / ended.length, busy };
  return { ended, look: { executions: done + ended.length, pace, ...look(launch) } };
}

function look(launch: Actor['launch']): Holdings & Pick<Look, 'lines' | 'files'> {
  launch.output.read();
  return { lines: launch.output.lines.length, files: filesIn(launch.room), ...holdingsOf(launch.alive()) };
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false; // so deep that no path reaches it
  }
}

/** More are not counted: a look must not take longer than the work. */
const mostFiles = 20_000;

/** Everything below the room's folders but what the executable unpacked. */
function filesIn({ home, tmp, cwd }: Room): number {
  let count = 0;
  const folders = [home, tmp, cwd];
  for (let folder = folders.pop(); folder !== undefined && count < mostFiles; folder = folders.pop()) {
    for (const name of entriesOf(folder).filter((entry) => !isUnpackedFolder(entry))) {
      count += 1;
      const path = join(folder, name);
      if (isFolder(path)) folders.push(path);
    }
  }
  return count;
}
