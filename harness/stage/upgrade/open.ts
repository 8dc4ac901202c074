import { CouldNotJudge } from '../../model/errors.ts';
import { cameBeforeEnd } from '../../system/wait.ts';
import { ended } from '../../temporal/ready.ts';
import { closed, midway } from '../../temporal/take-over.ts';
import type { Actor, Begun, Plan } from '../actor.ts';
import { numbered } from '../numbered.ts';
import type { Openable } from './openable.ts';

/** An execution that was begun on one release, and the messages that it is sent on the other. */
export type Opened = { readonly plan: Plan; readonly handle: Begun; readonly withheld: Openable['withheld'] };

/** Begins these executions and waits until each is in its middle, or has ended; models hold their answers back from now on. */
export async function open(actor: Actor, plans: readonly Openable[], by: 'order' | 'turn', signal: AbortSignal): Promise<Opened[]> {
  actor.llm.hold();
  const opened: Opened[] = [];
  for (const { plan, before, withheld, copies } of plans) {
    for (let copy = 0; copy < copies; copy += 1) {
      const number = actor.nextNumber();
      const own = numbered({ ...plan, steps: [...before, ...withheld] }, number);
      const steps = own.steps ?? [];
      const handle = await actor.begin({ ...own, steps: steps.slice(0, before.length) }, { by, number, trial: true });
      opened.push({ plan, handle, withheld: steps.slice(before.length) });
    }
  }
  // What nothing holds needs no second look: it would be at its end by then.
  const held = opened.filter(({ plan, withheld }) => withheld.length > 0 || plan.llm.length > 0);
  const sent = new Set<Opened>();
  for (const one of held) void one.handle.messages.done.then(() => sent.add(one), () => {});
  const looked = held.length > 0 ? held : opened;
  let before: readonly (string | undefined)[] = [];
  const caught = async (): Promise<true | undefined> => {
    const now = await Promise.all(looked.map(({ handle }) => midway(handle)));
    const isThere = (what: string | undefined, index: number): boolean => (
      what !== undefined && (what === before[index] || held.length === 0)
    );
    const all = held.length > 0 ? now.every(isThere) : now.some((what, index) => what !== closed && isThere(what, index));
    before = now;
    return (all && sent.size === held.length) || now.every((what) => what === closed) || undefined;
  };
  await cameBeforeEnd('executions in their middle', caught, {
    deadlineMs: actor.limits.executionMs, everyMs: held.length > 0 ? 50 : 1, signal, stretch: actor.launch.cpu.stretch(),
    over: () => ended(actor.launch),
  });
  const early = ended(actor.launch);
  if (early !== undefined) throw new CouldNotJudge(`the ${actor.launch.command.variant} was gone before it was stopped: ${early}`);
  return opened;
}
