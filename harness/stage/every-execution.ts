import { isRepeatable } from '../contract/repeatable.ts';
import type { Actor, Plan } from './actor.ts';
import { drive, wentWell } from './drive.ts';
import { isRecognised, repeats } from './differing.ts';
import { launches } from './launches.ts';
import { isNumbered } from './numbered.ts';
import { fixture } from './scope.ts';
import type { Single } from './side-by-side.ts';

/** The shared worker, after every execution of the contract, whatever came of it. */
export const everyExecution = fixture('every execution', async (scope): Promise<Actor> => {
  const actor = await (await scope.use(launches)).worker();
  for (const plan of scope.run.contract?.executions ?? []) await drive(actor, plan).catch(() => {}); // its own check is told
  return actor;
});

/**
 * Executions of every kind that goes well alone, to be run beside each other: so many of each, one of what promises not to run beside
 * itself and differs, or has the same input each time. Of those whose requests to the model cannot be told from others' there is one in
 * all, the last.
 */
export async function someOfEach(actor: Actor, plans: readonly Plan[], count: number): Promise<Single[]> {
  const [told, untold]: [Single[], Single[]] = [[], []];
  for (const plan of plans) {
    const alone = isRepeatable(plan) ? await wentWell(actor, plan) : undefined;
    if (alone === undefined) continue;
    const single = (): Single => ({ plan, number: actor.nextNumber() });
    if (isNumbered(plan) && isRecognised(alone)) told.push(...Array.from({ length: plan.concurrency === 1 ? 1 : count }, single));
    else if (await repeats(actor, plan, alone)) (plan.llm.length > 0 ? untold : told).push({ plan });
  }
  return [...told, ...untold.slice(0, 1)];
}
