import { cameBeforeEnd } from '../../system/wait.ts';
import { eventsOf } from '../../temporal/history.ts';
import { ended } from '../../temporal/ready.ts';
import { versionsIn } from '../../temporal/versioning.ts';
import type { Actor, Plan } from '../actor.ts';

/** So many are begun at most until both versions have had one: that half of them all go to one comes once in 10¹² times. */
const most = 40;

/** Which version takes a new execution, by its build id; undefined where none does. */
export async function takerOf(actor: Actor, plan: Plan, signal: AbortSignal): Promise<string | undefined> {
  const handle = await actor.begin({ ...plan, steps: [] }, { trial: true });
  try {
    return await cameBeforeEnd('a version that takes it', async () => versionsIn(await eventsOf(handle))[0], {
      deadlineMs: actor.limits.answerMs / 3, everyMs: 20, signal, stretch: actor.launch.cpu.stretch(), over: () => ended(actor.launch),
    });
  } finally {
    await handle.terminate('it has been taken').catch(() => {});
  }
}

/** Begins executions until one goes to this version, since task queues hear of what is current a moment later. @returns who took them. */
export async function untilTaken(actor: Actor, plan: Plan, wanted: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>> {
  const takers = new Set<string>();
  for (let count = 0; count < most && !wanted.every((buildId) => takers.has(buildId)); count += 1) {
    const taker = await takerOf(actor, plan, signal);
    if (taker === undefined) break;
    takers.add(taker);
  }
  return takers;
}
