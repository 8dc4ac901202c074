import { CouldNotJudge } from '../../model/errors.ts';
import { cameBeforeEnd } from '../../system/wait.ts';
import { awaitEnding, type Execution } from '../../temporal/execute.ts';
import { ended } from '../../temporal/ready.ts';
import { closed, handOn, midway } from '../../temporal/take-over.ts';
import type { Actor, Begun, Plan } from '../actor.ts';
import { endsWell, mayTakeMs } from '../plan.ts';

/** An execution whose worker was killed while it was open. */
export type Interrupted = { readonly plan: Plan; readonly handle: Begun };

/** Of an execution that nothing holds, so many are begun: some of them are open when the worker is killed. */
const copies = 4;

/** One that asks the model, which can be held, and the first of every other type of workflow. */
export function interruptible(plans: readonly Plan[]): Plan[] {
  const completing = plans.filter((plan) => plan.workflow !== undefined && endsWell(plan));
  const held = completing.find((plan) => plan.llm.length > 0);
  const free = completing.filter((plan, index) => plan.llm.length === 0 && plan.workflow !== held?.workflow
    && completing.findIndex(({ workflow, llm }) => workflow === plan.workflow && llm.length === 0) === index);
  return [...free, ...(held ? [held] : [])];
}

/**
 * Begins these executions, kills the worker with SIGKILL while one is in its middle, and hands on those that were open.
 * @returns them; none where all ended too quickly, or where what was in flight would be offered again only after its time-out.
 */
export async function killMidway(actor: Actor, plans: readonly Plan[], signal: AbortSignal): Promise<Interrupted[]> {
  const begun: (Interrupted & { readonly of: Plan })[] = [];
  actor.llm.hold();
  for (const plan of plans) {
    const count = plan.llm.length > 0 || plan.concurrency === 1 ? 1 : copies;
    for (let copy = 0; copy < count; copy += 1) {
      const handle = await actor.begin(plan, { trial: true });
      begun.push({ plan: handle.plan, handle, of: plan });
    }
  }
  // Where the model's answer is held back, what is in flight at two looks is not at its end.
  const held = plans.some((plan) => plan.llm.length > 0);
  let before: readonly (string | undefined)[] = [];
  const caught = async (): Promise<true | undefined> => {
    const now = await Promise.all(begun.map(async ({ handle }) => await midway(handle)));
    const same = now.some((what, index) => what !== undefined && what !== closed && (!held || what === before[index]));
    before = now;
    return same || now.every((what) => what === closed) || undefined;
  };
  await cameBeforeEnd('an execution in its middle', caught, {
    deadlineMs: actor.limits.executionMs, everyMs: held ? 50 : 1, signal, stretch: actor.launch.cpu.stretch(),
    over: () => ended(actor.launch),
  });
  const early = ended(actor.launch);
  if (early !== undefined) throw new CouldNotJudge(`the worker was gone before it was killed: ${early}`);
  await actor.kill();
  const open: typeof begun = [];
  for (const one of begun) {
    // The next launch would be offered all of them at once, which not every contract promises.
    const isEnough = one.of.concurrency === undefined && open.some(({ of }) => of === one.of);
    if (!isEnough && await handOn(one.handle)) open.push(one);
    else await one.handle.terminate('its worker was killed').catch(() => {});
  }
  return open;
}

/** How another launch brought an execution to its end. */
export type TakenOver = Interrupted & { readonly execution: Execution };

/** Waits until a launch on the same task queue, which is ready, has ended what the killed one began. */
export async function finishOn(next: Actor, open: readonly Interrupted[], signal: AbortSignal): Promise<TakenOver[]> {
  return await Promise.all(open.map(async ({ plan, handle }) => {
    const execution = await awaitEnding(handle, {
      deadlineMs: mayTakeMs(plan, next.limits, 'beside others'), signal, stretch: next.launch.cpu.stretch(), messages: handle.messages,
      over: () => ended(next.launch),
    });
    return { plan, handle, execution };
  }));
}
