import { exactText } from '../model/exact-json.ts';
import { textOf } from '../services/conversation.ts';
import type { Actor, Done, Plan } from './actor.ts';
import { mustGoWell } from './drive.ts';
import { compare } from './expectation.ts';
import { isNumbered } from './numbered.ts';
import { inputTexts, varied } from './varied.ts';

/** An execution of the contract, made anew for each number. */
export type Differing = {
  readonly plan: Plan;
  /** Each has another input and another answer, so that it is seen when one gets what is another's. */
  readonly differs: boolean;
  /** It goes well again after it went well. */
  readonly repeats: boolean;
  readonly make: (number: number) => Plan;
  /** How one went alone. */
  readonly alone: Done;
};

/**
 * How executions of a plan are made to differ: by `{n}`, else by a number behind the texts of its input, where it goes well with that
 * alone; the worker may take certain texts only. What the model is asked must hold the number, or nobody knows whose request it is.
 * @throws {CouldNotJudge} when the plan does not go well alone.
 */
export async function differing(actor: Actor, plan: Plan): Promise<Differing> {
  const alone = await mustGoWell(actor, plan);
  const same: Differing = { plan, alone, differs: false, repeats: true, make: () => alone.plan ?? plan };
  if (isNumbered(plan) && isRecognised(alone)) return { ...same, differs: true, make: () => plan };
  const texts = isNumbered(plan) ? [] : inputTexts(plan);
  const result = exactText(plan.expect.result) ?? '';
  const candidates = [texts, texts.filter(({ text }) => result.includes(text)), texts.slice(0, 1)];
  for (const [index, paths] of candidates.entries()) {
    if (paths.length === 0 || candidates.findIndex(({ length }) => length === paths.length) < index) continue;
    const make = (number: number): Plan => varied(plan, paths.map(({ path }) => path), (text) => `${text}-${number}`);
    const number = actor.nextNumber();
    const own = make(number);
    if (plan.expect.failure === undefined && (exactText(own.expect.result) ?? '') === result) continue;
    const tried = await actor.execute(own, { number, trial: true, withinMs: trialMs(alone) });
    if (compare(own, tried) === undefined && isRecognised(tried)) return { ...same, differs: true, make };
  }
  return { ...same, repeats: await repeats(actor, plan, alone) };
}

/** Whether an execution goes well again on the same worker, with the same input unless it holds `{n}`. */
export async function repeats(actor: Actor, plan: Plan, alone: Done): Promise<boolean> {
  return compare(plan, await actor.execute(plan, { trial: true, withinMs: trialMs(alone) })) === undefined;
}

/** How long a trial is waited for: one that goes well takes about the time of the one alone. No verdict follows from it. */
const trialMs = ({ durationMs }: Done): number => 3 * (durationMs + shortMs);
const shortMs = 1_000;

/** Whether every request to the model holds the execution's number; without a model nothing has to. */
export function isRecognised({ plan, number = 0, asked = [] }: Done): boolean {
  return plan?.llm.length === 0 || (asked.length > 0 && asked.every(({ body }) => textOf(body?.messages ?? []).includes(String(number))));
}
