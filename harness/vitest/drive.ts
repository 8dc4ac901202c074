import { slug } from '../contract/slug.ts';
import { CouldNotJudge } from '../errors.ts';
import type { Execution } from '../temporal/execute.ts';
import type { Actor, Plan } from './actor.ts';
import { compare } from './expectation.ts';

const driven = new WeakMap<Actor, Map<string, Promise<Execution>>>();

/** Drives an execution of the contract on a worker once; whoever asks again gets the same history. */
export function drive(actor: Actor, plan: Plan, signal: AbortSignal): Promise<Execution> {
  const done = driven.get(actor) ?? new Map<string, Promise<Execution>>();
  driven.set(actor, done);
  const execution = done.get(plan.name) ?? actor.execute(plan, signal);
  done.set(plan.name, execution);
  return execution;
}

/**
 * For checks that need a working execution and are about something else.
 * @throws {CouldNotJudge} when it does not even go well alone; the reader is sent to the check that says why.
 */
export async function mustGoWell(actor: Actor, plan: Plan, signal: AbortSignal): Promise<Execution> {
  const execution = await drive(actor, plan, signal);
  if (compare(plan, execution) !== undefined) throw new CouldNotJudge(`the execution that it needs does not go well alone: see execution.${slug(plan.name)}`);
  return execution;
}
