import { endsWell, type Plan } from '../plan.ts';
import { isNumbered } from '../numbered.ts';

type Step = NonNullable<Plan['steps']>[number];

/**
 * An execution that can be open when its worker is stopped. A message that is sent only afterwards, or the model's answer, holds it there;
 * what nothing holds may be caught in an activity or a timer, and so many of it are begun.
 */
export type Openable = {
  readonly plan: Plan; readonly before: readonly Step[]; readonly withheld: readonly Step[]; readonly copies: number;
};

/** Of an execution that nothing holds, so many are begun: some of them are open when the worker is stopped. */
const copies = 4;

/**
 * Of these executions of workflows that end well: all that a message holds, those that a model's answer holds, and of every other type of
 * workflow the first.
 */
export function openables(plans: readonly Plan[]): Openable[] {
  const completing = plans.filter((plan) => plan.workflow !== undefined && endsWell(plan));
  const told = completing.flatMap((plan) => {
    const { steps = [] } = plan;
    const at = steps.findLastIndex(({ query }) => query === undefined);
    return at === -1 ? [] : [{ plan, before: steps.slice(0, at), withheld: steps.slice(at), copies: 1 }];
  });
  const rest = completing.filter((plan) => !told.some((one) => one.plan === plan));
  // Requests to the model that hold no number cannot be told apart: one such execution is open at a time.
  const asking = rest.filter(({ llm }) => llm.length > 0).filter((plan, index) => index === 0 || isNumbered(plan));
  const held = [...told, ...asking.map((plan) => ({ plan, before: plan.steps ?? [], withheld: [], copies: 1 }))];
  const free = rest.filter((plan, index) => plan.llm.length === 0 && !held.some((one) => one.plan.workflow === plan.workflow)
    && rest.findIndex(({ workflow, llm }) => workflow === plan.workflow && llm.length === 0) === index);
  return [...held, ...free.map((plan) => (
    { plan, before: plan.steps ?? [], withheld: [], copies: plan.concurrency === 1 ? 1 : copies }
  ))];
}
