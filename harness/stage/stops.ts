import type { LimitFunction } from 'p-limit';
import { pendingActivity } from '../temporal/execute.ts';
import { activityRuns, eventsOf } from '../temporal/history.ts';
import type { Actor, Plan } from './actor.ts';
import { endings, type Endings } from './endings.ts';
import { launches, type Launches } from './launches.ts';
import { promisedStop } from './promised-stop.ts';
import type { RunContext } from './run-context.ts';
import { fixture } from './scope.ts';
import { stopTwice } from './second-signal.ts';
import { startMoments, stopStarting } from './start-stops.ts';
import type { Stop } from './stop.ts';
import { turns } from './turns.ts';

export type Moment = 'idle' | 'in-flight' | 'starting' | 'again';

/** Long enough for a worker that drops its work to be gone; a draining one stays for as long as it is held. */
const holdMs = 1_000;

/**
 * Every other launch of a run ends by a promised signal too, most of them idle: only what those do not show is repeated. The worker whose
 * leaving is watched (leaving.ts) is one more in flight.
 */
const full = { idle: 1, 'in-flight': 2, again: 1 };
const counts = { full, soak: full, quick: { idle: 1, 'in-flight': 0, again: 0 } } as const;

/** How many launches a run makes to stop them, a task's next worker among them. */
export function stopsOf({ profile, contract }: Pick<RunContext, 'profile' | 'contract'>): number {
  const { signals } = promisedStop(contract);
  const { idle, 'in-flight': inFlight, again } = counts[profile];
  const starting = signals.reduce((sum, signal) => sum + startMoments(signals, signal, profile).length, 0);
  return idle * signals.length + inFlight + again + starting + 2;
}

/** The stops of a run that are launches of their own. */
export class Stops {
  readonly #begun = new Map<string, Promise<Stop[]>>();
  readonly #run: RunContext;
  readonly #launches: Launches;
  readonly #endings: Endings;
  readonly #turns: LimitFunction;

  constructor(run: RunContext, all: Launches, ended: Endings, taken: LimitFunction) {
    this.#run = run;
    this.#launches = all;
    this.#endings = ended;
    this.#turns = taken;
  }

  /** Stops as many workers as the profile says, the launches overlapping. The same stops are handed to whoever asks again. */
  of(signal: NodeJS.Signals, moment: Moment): Promise<Stop[]> {
    const key = `${signal} ${moment}`;
    const done = this.#begun.get(key) ?? (moment === 'starting' ? this.#starting(signal) : this.#several(signal, moment));
    this.#begun.set(key, done);
    done.catch(() => {}); // whoever awaits it is told
    return done;
  }

  #starting(signal: NodeJS.Signals): Promise<Stop[]> {
    const moments = startMoments(this.#endings.promised.signals, signal, this.#run.profile);
    return this.#turns.map(moments, (share) => stopStarting(this.#launches, this.#endings, signal, share));
  }

  #several(signal: NodeJS.Signals, moment: Exclude<Moment, 'starting'>): Promise<Stop[]> {
    return this.#turns.map(Array.from({ length: counts[this.#run.profile][moment] }), () => this.#once(signal, moment));
  }

  async #once(signal: NodeJS.Signals, moment: Exclude<Moment, 'starting'>): Promise<Stop> {
    const actor = await this.#launches.start();
    try {
      await actor.ready();
      const plan = heldPlan(this.#run);
      if (moment === 'in-flight' && plan !== undefined) {
        return await stopInFlight(this.#endings, actor, plan, signal, () => actor.launch.waitForExit(holdMs));
      }
      if (moment === 'again' && plan !== undefined) return await stopTwice(this.#endings, actor, plan, signal);
      return { ...(await this.#endings.stop(actor.launch, { signal, target: 'parent' })), inFlight: undefined };
    } finally {
      await actor.dispose();
    }
  }
}

/**
 * Stops a worker while an activity of an execution is held in flight, and lets that go after `meanwhile`, which is told the pids of the
 * worker.
 */
export async function stopInFlight(
  all: Endings, actor: Actor, plan: Plan, signal: NodeJS.Signals, meanwhile: (members: readonly number[]) => Promise<unknown>,
): Promise<Stop> {
  const { launch, llm } = actor;
  llm.hold();
  const handle = await actor.begin(plan);
  await actor.waitUntilInFlight(handle, plan);
  const held = (await pendingActivity(handle))?.activityId;
  const members = launch.alive().map((entry) => entry.pid);
  const left = all.end(launch);
  launch.signal(signal);
  await meanwhile(members);
  const early = launch.exit !== undefined;
  llm.release();
  // A worker that waits for its activity cannot stop while that is held.
  const ending = await all.keep(launch, { signal, ...(await (early ? left : all.end(launch))) });
  const history = await eventsOf(handle);
  const pending = await pendingActivity(handle);
  const givenBack = pending !== undefined && ((pending.attempt ?? 1) > 1 || Boolean(pending.lastFailure));
  await handle.terminate('the stop has been seen').catch(() => {});
  const run = activityRuns(history).find((activity) => activity.id === held);
  const byItself = run !== undefined && actor.isOwn(run.identity);
  // Only an activity that is held is known to be unfinished when the worker leaves.
  return { ...ending, inFlight: { leftEarly: early && plan.llm.length > 0, run, byItself, givenBack, history } };
}

/** An execution that can be caught in the middle of an activity: one that asks the model, which can be held, else any that completes. */
export function heldPlan({ contract }: RunContext): Plan | undefined {
  const completing = contract?.executions.filter((plan) => plan.expect.failure === undefined) ?? [];
  return completing.find((plan) => plan.llm.length > 0) ?? completing[0];
}

export const stops = fixture(
  'stops', async (scope) => new Stops(scope.run, await scope.use(launches), await scope.use(endings), await scope.use(turns)),
);
