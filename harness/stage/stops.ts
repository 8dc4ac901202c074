import type { LimitFunction } from 'p-limit';
import { pendingActivity } from '../temporal/execute.ts';
import { activityRuns, eventsOf, type ActivityRun, type HistoryEvent } from '../temporal/history.ts';
import { pidsIn } from '../temporal/pollers.ts';
import type { Actor, Plan } from './actor.ts';
import { endings, type Ending, type Endings } from './endings.ts';
import { launches, type Launches } from './launches.ts';
import { promisedStop } from './promised-stop.ts';
import type { RunContext } from './run-context.ts';
import { fixture } from './scope.ts';
import { turns } from './turns.ts';

/** One stop of one worker that was started to be stopped. */
export type Stop = Ending & {
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

export type Moment = 'idle' | 'in-flight';

/** Long enough for a worker that drops its work to be gone; a draining one stays for as long as it is held. */
const holdMs = 1_000;

/**
 * Every other launch of a run ends by a promised signal too, most of them idle: only what those do not show is repeated. The worker whose
 * leaving is watched (leaving.ts) is one more in flight.
 */
const counts = { full: { idle: 1, 'in-flight': 2 }, quick: { idle: 1, 'in-flight': 0 } } as const;

/** How many launches a run makes to stop them, a task's next worker among them. */
export function stopsOf({ profile, contract }: Pick<RunContext, 'profile' | 'contract'>): number {
  const { idle, 'in-flight': inFlight } = counts[profile];
  return idle * promisedStop(contract).signals.length + inFlight + 2;
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
    const count = counts[this.#run.profile][moment];
    const done = this.#begun.get(key) ?? this.#turns.map(Array.from({ length: count }), () => this.#once(signal, moment));
    this.#begun.set(key, done);
    done.catch(() => {}); // whoever awaits it is told
    return done;
  }

  async #once(signal: NodeJS.Signals, moment: Moment): Promise<Stop> {
    const actor = await this.#launches.start();
    try {
      await actor.ready();
      const plan = heldPlan(this.#run);
      if (moment === 'in-flight' && plan !== undefined) {
        return await stopInFlight(this.#endings, actor, plan, signal, () => actor.launch.waitForExit(holdMs));
      }
      return { ...(await this.#endings.stop(actor.launch, signal)), inFlight: undefined };
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
  const byItself = run !== undefined && pidsIn(run.identity).some((pid) => members.includes(pid));
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
