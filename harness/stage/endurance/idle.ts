import { isOneAtATime } from '../../contract/one-at-a-time.ts';
import { areaOf } from '../../model/catalogue.ts';
import type { Actor } from '../actor.ts';
import { launches } from '../launches.ts';
import type { RunContext } from '../run-context.ts';
import { fixture, type Scope } from '../scope.ts';

/** A worker that is ready and is left alone, and since when. */
export type Idle = { readonly actor: Actor; readonly sinceMs: number };

/** One launch that gets no work as long as the run has other things to do. */
export const idle = fixture('idle launch', async (scope): Promise<Idle> => {
  const all = await scope.use(launches);
  await all.mustStart();
  const actor = await all.start();
  await actor.settled();
  return { actor, sinceMs: performance.now() };
});

/** Whether a run lets a launch stand: quick has no time to, and where two cannot run at once it would stand in the way. */
export const standsIdle = ({ profile, contract }: RunContext): boolean => profile !== 'quick' && !isOneAtATime(contract);

/** Starts it as early as a run has somebody who will give it work; a quick run has no time to let anything stand. */
export function beginIdle({ run, use }: Pick<Scope, 'run' | 'use'>): void {
  if (!standsIdle(run) || run.contract === undefined || run.server === undefined) return;
  if (run.only.length === 0 || run.only.some((name) => areaOf(name) === 'execution')) use(idle).catch(() => {}); // whoever needs it is told
}
