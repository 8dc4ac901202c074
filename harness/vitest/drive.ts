import type { Execution } from '../temporal/execute.ts';
import type { Actor, Plan } from './actor.ts';

const driven = new WeakMap<Actor, Map<string, Promise<Execution>>>();

/** Drives an execution of the contract on a worker once; whoever asks again gets the same history. */
export function drive(actor: Actor, plan: Plan, signal: AbortSignal): Promise<Execution> {
  const done = driven.get(actor) ?? new Map<string, Promise<Execution>>();
  driven.set(actor, done);
  const execution = done.get(plan.name) ?? actor.execute(plan, signal);
  done.set(plan.name, execution);
  return execution;
}
