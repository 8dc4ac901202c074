import type { WorkflowHandle } from '@temporalio/client';
import { CouldNotJudge } from '../model/errors.ts';
import { excusedMs, useBetween, waitedSentence } from '../system/cpu/cpu-use.ts';
import { handlingOf } from '../system/processes/signal-handling.ts';
import type { Launch } from '../system/launch/launch.ts';
import { cameWithin, stretchTimes, waitFor } from '../system/wait.ts';
import { activityInFlight, pendingActivity } from '../temporal/execute.ts';
import { activityRuns, eventsOf } from '../temporal/history.ts';
import { ended } from '../temporal/ready.ts';
import type { Actor } from './actor.ts';
import type { Endings } from './endings.ts';
import type { Held } from './plan.ts';
import type { Stop } from './stop.ts';

const longer = 'add an execution to the contract whose activity takes a few seconds, and name it in shutdown.inFlightExecution';

/**
 * Waits until an activity of the execution is in flight: the server says that it was started, and where the execution asks a model, that is
 * being asked with the answer held back.
 * @returns the activity's id.
 * @throws {CouldNotJudge} when the execution ends before that can be seen, or the server never sees it.
 */
export async function untilInFlight(
  { llm, launch, limits, signal }: Actor, handle: WorkflowHandle, { plan, type, usualMs }: Held,
): Promise<string> {
  const inFlight = async (): Promise<string | undefined> => {
    const asked = plan.llm.length === 0 || llm.waiting > 0;
    const { over, id } = await activityInFlight(handle, type);
    if (asked && id !== undefined) return id;
    if (over) throw new CouldNotJudge(`"${plan.name}" ended before an activity of it could be caught in flight; ${longer}`);
    if (asked && plan.llm.length > 0) throw new CouldNotJudge(
      `"${plan.name}" asks the model outside of an activity that the server knows ` +
      'of (in a local activity, for example); name another execution in shutdown.inFlightExecution');
    return undefined;
  };
  const id = await waitFor('an activity in flight', inFlight, {
    deadlineMs: limits.executionMs, stretch: launch.cpu.stretch(), signal, everyMs: 10, over: () => ended(launch),
    seen: () => `last output:\n${launch.output.tail(6)}`,
  });
  await untilBegun(launch, usualMs);
  return id;
}

/** What the server calls started is on its way to the worker still, which begins it in this share of the time that it takes. */
const onItsWay = { share: 0.2, mostMs: 1_000 };

/** Waits until a worker must have begun what the server has handed to it; the time that it waits for a CPU does not count. */
async function untilBegun(launch: Launch, usualMs = 0): Promise<void> {
  const wantedMs = Math.min(onItsWay.share * usualMs, onItsWay.mostMs);
  const from = launch.cpu.sample();
  const hasHad = (): true | undefined => {
    const use = useBetween(from, launch.cpu.sample());
    return use.elapsedMs - excusedMs(use) >= wantedMs || undefined;
  };
  await cameWithin('the beginning of the activity', hasHad, { deadlineMs: stretchTimes * wantedMs, everyMs: 50 });
}

/**
 * Stops a worker while an activity of an execution is in flight. A model's answer holds it there, and is let go after `meanwhile`, which is
 * told the pids of the worker; what nothing holds ends when it ends.
 * @throws {CouldNotJudge} when the activity had ended before the worker could know of the signal.
 */
export async function stopInFlight(
  all: Endings, actor: Actor, held: Held, signal: NodeJS.Signals, meanwhile: (members: readonly number[]) => Promise<unknown>,
): Promise<Stop> {
  const { launch, llm } = actor;
  const isHeld = held.plan.llm.length > 0;
  const worker = await actor.worker();
  const signs = { worker, handling: handlingOf(worker, signal) };
  llm.hold();
  const handle = await actor.begin(held.plan);
  const id = await untilInFlight(actor, handle, held);
  const members = launch.alive().map((entry) => entry.pid);
  const left = all.end(launch);
  const from = launch.cpu.sample();
  launch.signal(signal);
  const wasInFlight = isHeld || (await pendingActivity(handle, id)) !== undefined;
  await meanwhile(members);
  const early = launch.exit !== undefined;
  llm.release();
  // A worker that waits for its activity cannot stop while that is held.
  const ending = await all.keep(launch, { signal, ...(await (early || !isHeld ? left : all.end(launch))) });
  const use = useBetween(from, launch.cpu.sample());
  const history = await eventsOf(handle);
  const pending = await pendingActivity(handle, id);
  const givenBack = pending !== undefined && ((pending.attempt ?? 1) > 1 || Boolean(pending.lastFailure));
  await handle.terminate('the stop has been seen').catch(() => {});
  if (!wasInFlight) throw new CouldNotJudge(`the activity ${held.type} of "${held.plan.name}" had ended when the worker got ${signal}; ` +
    longer);
  const run = activityRuns(history).find((activity) => activity.id === id);
  const byItself = run !== undefined && actor.isOwn(run.identity);
  // Only an activity that is held is known to be unfinished when the worker leaves.
  const leftEarly = early && isHeld;
  const starved = !leftEarly && excusedMs(use) > use.elapsedMs / 2 ? waitedSentence(use) : undefined;
  return { ...ending, signs, inFlight: { leftEarly, run, byItself, givenBack, history, starved } };
}
