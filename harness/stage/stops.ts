import type { Exit, Remains } from '../system/launch/launch.ts';
import { pendingActivity } from '../temporal/execute.ts';
import { activityRuns, eventsOf, type ActivityRun, type HistoryEvent } from '../temporal/history.ts';
import { pidsIn } from '../temporal/pollers.ts';
import type { Actor, Plan } from './actor.ts';
import { overlapping } from './overlap.ts';
import type { Stage } from './stage.ts';

/** One stop of one worker, from the signal to what it left behind. */
export type Stop = {
  readonly actor: Actor;
  /** Undefined when it still ran at the end of the contract's time. */
  readonly exit: Exit | undefined;
  /** From the signal, or from the moment at which the activity in flight was let go. */
  readonly stopMs: number;
  readonly remains: Remains;
  /** What became of the activity that was in flight; undefined for an idle stop. */
  readonly inFlight: InFlight | undefined;
};

export type InFlight = {
  /** The worker ended while the activity was still being held. */
  readonly leftEarly: boolean;
  readonly run: ActivityRun | undefined;
  /** It was this launch that completed it. */
  readonly byItself: boolean;
  /** After the stop the server holds it for another attempt, or has its failure: it was given back, not abandoned. */
  readonly givenBack: boolean;
  readonly history: readonly HistoryEvent[];
};

/** Long enough for a worker that drops its work to be gone; a draining one stays for as long as it is held. */
const holdMs = 1_000;

async function stopOnce(stage: Stage, signal: NodeJS.Signals, moment: 'idle' | 'in-flight', aborted: AbortSignal): Promise<Stop> {
  const actor = await stage.launch();
  try {
    await actor.ready(aborted);
    const plan = moment === 'in-flight' ? heldPlan(stage) : undefined;
    if (plan) actor.llm.hold();
    const handle = plan && (await actor.begin(plan));
    if (handle && plan) await actor.waitUntilInFlight(handle, plan, aborted);
    const held = handle && (await pendingActivity(handle))?.activityId;
    const members = actor.launch.alive().map((entry) => entry.pid);
    const signalledMs = performance.now();
    actor.launch.signal(signal);
    const early = handle && (await actor.launch.waitForExit(holdMs));
    // A worker that waits for its activity cannot stop while that is held.
    const startMs = handle && !early ? performance.now() : signalledMs;
    actor.llm.release();
    const exit = await actor.launch.waitForExit((stage.run.contract?.shutdown.withinSeconds ?? 15) * 1_000);
    const stopMs = performance.now() - startMs;
    const remains = await actor.launch.remains();
    if (!handle) return { actor, exit, stopMs, remains, inFlight: undefined };
    const history = await eventsOf(handle);
    const pending = await pendingActivity(handle);
    const givenBack = pending !== undefined && ((pending.attempt ?? 1) > 1 || Boolean(pending.lastFailure));
    await handle.terminate('the stop has been seen').catch(() => {});
    const run = activityRuns(history).find((activity) => activity.id === held);
    const byItself = run !== undefined && pidsIn(run.identity).some((pid) => members.includes(pid));
    // Only an activity that is held is known to be unfinished when the worker leaves.
    const leftEarly = early !== undefined && plan !== undefined && plan.llm.length > 0;
    return { actor, exit, stopMs, remains, inFlight: { leftEarly, run, byItself, givenBack, history } };
  } finally {
    await actor.dispose();
  }
}

/** An execution that can be caught in the middle of an activity: one that asks the model, which can be held, else any that completes. */
export function heldPlan(stage: Stage): Plan | undefined {
  const completing = stage.run.contract?.executions.filter((plan) => plan.expect.failure === undefined) ?? [];
  return completing.find((plan) => plan.llm.length > 0) ?? completing[0];
}

const begun = new Map<string, Promise<Stop[]>>();

/**
 * Stops as many workers as the profile says (5 in full, because real aborts at exit are intermittent, 2 in quick), the
 * launches overlapping. The same stops are handed to whoever asks again.
 */
export function stops(stage: Stage, signal: NodeJS.Signals, moment: 'idle' | 'in-flight', aborted: AbortSignal): Promise<Stop[]> {
  const key = `${signal} ${moment}`;
  const count = stage.run.profile === 'full' ? 5 : 2;
  const done = begun.get(key) ?? Promise.all(
    Array.from({ length: count }, () => overlapping(() => stopOnce(stage, signal, moment, aborted))),
  );
  begun.set(key, done);
  done.catch(() => {}); // whoever awaits it is told
  return done;
}

/** Every stop of the run so far that did not fail to happen. */
export async function allStops(): Promise<Stop[]> {
  const settled = await Promise.allSettled(begun.values());
  return settled.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
}
