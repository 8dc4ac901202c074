import { cameBeforeEnd } from '../../system/wait.ts';
import { eventsOf } from '../../temporal/history.ts';
import { ended } from '../../temporal/ready.ts';
import { versionsIn } from '../../temporal/versioning.ts';
import type { Actor, Plan } from '../actor.ts';

/** So many are begun at least before anything is said to get none: that half of them all go to one version comes once in 10¹² times. */
const fewest = 40;

/** So many in a row show where new executions go: a task queue has several parts, which hear of a change one after the other. */
const inARow = 4;

/** The build ids of the versions that have taken new executions, in order. */
export type Takers = readonly string[];

/** Whether new executions go to this version by now. */
export function goesTo(takers: Takers, buildId: string): boolean {
  return takers.length >= inARow && takers.slice(-inARow).every((taker) => taker === buildId);
}

/**
 * Begins executions, each of which is ended as soon as a version has taken it, until it is enough, or they are many and a third of the time
 * is over that an execution may take.
 */
export async function takersUntil(
  actor: Actor, plan: Plan, isEnough: (takers: Takers) => boolean, signal: AbortSignal,
): Promise<Takers> {
  const takers: string[] = [];
  const withinMs = actor.limits.answerMs / 3;
  const startMs = performance.now();
  while (!isEnough(takers) && (takers.length < fewest || performance.now() - startMs < withinMs)) {
    const handle = await actor.begin({ ...plan, steps: [] }, { trial: true });
    const taker = await cameBeforeEnd('a version that takes it', async () => versionsIn(await eventsOf(handle))[0], {
      deadlineMs: withinMs, everyMs: 20, signal, stretch: actor.launch.cpu.stretch(), over: () => ended(actor.launch),
    });
    await handle.terminate('it has been taken').catch(() => {});
    if (taker === undefined) break;
    takers.push(taker);
  }
  return takers;
}
