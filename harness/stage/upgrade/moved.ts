import { CheckFailed, CouldNotJudge, messageOf } from '../../model/errors.ts';
import { cameWithin } from '../../system/wait.ts';
import { awaitEnding } from '../../temporal/execute.ts';
import { isPosted } from '../../temporal/post.ts';
import { ended } from '../../temporal/ready.ts';
import { closed, handOn, midway, mismatchIn } from '../../temporal/take-over.ts';
import type { Actor, Done, Plan } from '../actor.ts';
import { drive } from '../drive.ts';
import type { Endings } from '../endings.ts';
import { compare } from '../expectation.ts';
import type { Launches } from '../launches.ts';
import { mayTakeMs } from '../plan.ts';
import { faultOf, type Arm } from '../regression/arms.ts';
import { takeSteps } from '../steps.ts';
import type { Opened } from './open.ts';

/** How long the server is asked whether it has heard of a stop; what holds an activity is let go then. */
const stopBeganMs = 2_000;

/**
 * Stops a release by the main signal while executions are open, and ends what is left of it.
 * @returns those that another release can go on with.
 * @throws {CouldNotJudge} when it does not end in its time.
 */
export async function stopWhile(opened: readonly Opened[], actor: Actor, all: Endings, signal: AbortSignal): Promise<Opened[]> {
  const { launch, site, post, llm } = actor;
  const { promised } = all;
  const left = all.end(launch);
  launch.signal(promised.main);
  if (promised.inFlight !== 'retry') {
    // A worker that waits for its activities cannot stop while they are held; one that still polls would end the executions itself.
    const leaves = async (): Promise<true | undefined> => {
      const own = (await site.workers()).find(({ taskQueue, identity }) => isPosted(post, taskQueue) && actor.isOwn(identity));
      return (own !== undefined && own.status !== 'running') || launch.exit !== undefined || undefined;
    };
    await cameWithin('the server to hear of the stop', leaves, { deadlineMs: stopBeganMs, everyMs: 50, signal });
    llm.release();
  }
  // As long as something was held, nobody could expect its end.
  const isEarly = launch.exit !== undefined || promised.inFlight === 'retry';
  const ending = await all.keep(launch, { signal: promised.main, ...(await (isEarly ? left : all.end(launch))) });
  llm.release();
  // What services keep of it is left to the release that comes after it.
  await actor.kill();
  if (ending.exit === undefined) {
    throw new CouldNotJudge(`the ${nameOf(actor)} does not stop on ${promised.main}, so its work cannot be handed on`);
  }
  const open: Opened[] = [];
  for (const one of opened) {
    if (await midway(one.handle) !== closed && await handOn(one.handle, 'stopped')) open.push(one);
    else await one.handle.terminate('its worker was stopped').catch(() => {});
  }
  return open;
}

/** The release, in words. */
export const nameOf = ({ launch: { command } }: Actor): string => (command.variant === 'previous' ? 'last release' : 'executable');

/** Starts the other release where this one worked. @throws where it does not get ready. */
export async function startAfter(gone: Actor, all: Launches, arm: Arm): Promise<Actor> {
  const next = await all.start({ variant: arm, heirOf: gone });
  try {
    await next.readiness();
  } catch (error) {
    if (next.signal.aborted) throw error;
    const fault = faultOf(arm, next.launch, 'become ready', error);
    throw arm === 'previous' ? new CheckFailed(`where the executable has worked the last release does not become ready`, {
      expected: 'a way back to the last release', got: messageOf(fault), remedy: 'look for what the executable leaves behind: in a ' +
        'database, in a service',
    }, { cause: error }) : fault;
  }
  return next;
}

/** What the last release has begun, or was asked, is no work of the executable that works in the same place. */
export function disown(previous: Actor, subject: Actor): void {
  for (const id of previous.started.keys()) if (!subject.started.has(id)) subject.started.set(id, undefined);
}

/** How an execution went that was begun on one release and brought to its end, or not, by the other. */
export type Moved = {
  readonly plan: Plan;
  readonly done: Done;
  /** A message, or the model's answer, held it until the other one was there. */
  readonly waited: boolean;
  /** What went wrong when that one did it from its beginning, where it did not go on with it well either. */
  readonly alone: string | undefined;
};

/** Sends what was withheld, and waits until a release has ended what the other one began. */
export async function goOn(next: Actor, open: readonly Opened[], signal: AbortSignal): Promise<Moved[]> {
  return await Promise.all(open.map(async ({ plan, handle, withheld }) => {
    const execution = await awaitEnding(handle, {
      deadlineMs: mayTakeMs(plan, next.limits, 'beside others'), signal, stretch: next.launch.cpu.stretch(),
      messages: takeSteps(handle, withheld, signal), over: () => ended(next.launch),
    });
    const done = { ...execution, plan: handle.plan, number: handle.number };
    const wrong = compare(plan, done);
    const alone = wrong && mismatchIn(execution.events) === undefined ? await aloneOn(next, plan) : undefined;
    return { plan, done, waited: withheld.length > 0 || plan.llm.length > 0, alone };
  }));
}

async function aloneOn(actor: Actor, plan: Plan): Promise<string | undefined> {
  return await drive(actor, plan).then((done) => compare(plan, done)?.sentence, messageOf);
}

