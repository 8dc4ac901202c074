import type { Actor, Plan } from './actor.ts';
import type { Differing } from './differing.ts';
import { wentWell } from './drive.ts';
import { isNumbered } from './numbered.ts';
import type { Single } from './side-by-side.ts';
import { inputTexts } from './varied.ts';

/**
 * Those that promise a number, else one that asks the model; where none does, the first one, and the first whose input can differ. Without
 * a promise only what goes well alone.
 */
export async function besideItself(actor: Actor, completing: readonly Plan[]): Promise<readonly Plan[]> {
  const promised = completing.filter(({ concurrency = 0 }) => concurrency > 1);
  if (promised.length > 0) return promised;
  const others: Plan[] = [];
  for (const plan of completing) if (plan.concurrency === undefined && await wentWell(actor, plan)) others.push(plan);
  const asking = others.filter(({ llm }) => llm.length > 0);
  const usual = asking.find(isNumbered) ?? asking[0];
  if (usual) return [usual];
  const differs = others.find(isNumbered) ?? others.find((plan) => inputTexts(plan).length > 0);
  return [...new Set([others[0], differs])].flatMap((plan) => plan ?? []);
}

/** One more execution of a kind, with a number of its own where it can hold one. */
export function single(actor: Actor, { differs, make }: Differing): Single {
  if (!differs) return { plan: make(0) };
  const number = actor.nextNumber();
  return { plan: make(number), number };
}
