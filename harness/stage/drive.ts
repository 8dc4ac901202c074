import { executionId, filled } from '../model/catalogue.ts';
import { slug } from '../contract/slug.ts';
import { CouldNotJudge } from '../model/errors.ts';
import type { Actor, Done, Plan } from './actor.ts';
import { baselineFault } from './baseline-fault.ts';
import { compare } from './expectation.ts';

/** An execution with the line of its worker's output at which it began: what was printed before is about something else. */
export type Driven = Done & { readonly fromLine: number };

const driven = new WeakMap<Actor, Map<string, Promise<Driven>>>();

/** Drives an execution of the contract on a worker once; whoever asks again gets the same history. */
export function drive(actor: Actor, plan: Plan): Promise<Driven> {
  const done = driven.get(actor) ?? new Map<string, Promise<Driven>>();
  driven.set(actor, done);
  const execution = done.get(plan.name) ?? driveOnce(actor, plan);
  done.set(plan.name, execution);
  return execution;
}

/** What was driven on a worker so far, by the names of the executions. */
export function drivenOn(actor: Actor): ReadonlyMap<string, Promise<Driven>> {
  return driven.get(actor) ?? new Map();
}

async function driveOnce(actor: Actor, plan: Plan): Promise<Driven> {
  actor.launch.output.read();
  const fromLine = actor.launch.output.lines.length;
  return { ...(await actor.execute(plan)), fromLine };
}

/** How an execution went alone, where that is as expected; undefined where it is not, or nobody could tell: its own check says why. */
export async function wentWell(actor: Actor, plan: Plan): Promise<Driven | undefined> {
  const execution = await drive(actor, plan).catch(() => undefined);
  return execution && compare(plan, execution) === undefined ? execution : undefined;
}

/**
 * For checks that need a working execution and are about something else.
 * @throws {CouldNotJudge} when it does not even go well alone; the reader is sent to the check that says why, or told of the baseline's
 * own end.
 */
export async function mustGoWell(actor: Actor, plan: Plan): Promise<Driven> {
  const execution = await drive(actor, plan);
  const wrong = compare(plan, execution);
  if (wrong === undefined) return execution;
  const how = `${wrong.sentence} (${wrong.difference.got})`;
  if (actor.launch.command.variant === 'baseline') throw baselineFault(actor, `do "${plan.name}"`, how);
  throw new CouldNotJudge(`the execution that it needs does not go well alone: see ${filled(executionId, { name: slug(plan.name) })}`);
}
