import type { LimitFunction } from 'p-limit';
import { handlingOf } from '../system/processes/signal-handling.ts';
import type { Actor } from './actor.ts';
import { endings, type Endings } from './endings.ts';
import { held } from './held.ts';
import { stopInFlight } from './in-flight.ts';
import { launches, type Launches } from './launches.ts';
import type { Held } from './plan.ts';
import { promisedStop } from './promised-stop.ts';
import type { RunContext } from './run-context.ts';
import { fixture } from './scope.ts';
import { stopTwice } from './second-signal.ts';
import { startMoments, stopStarting } from './start-stops.ts';
import type { Stop } from './stop.ts';
import { lookOn } from './stop-fault.ts';
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
  readonly #held: () => Promise<Held>;

  constructor(run: RunContext, all: Launches, ended: Endings, taken: LimitFunction, caught: () => Promise<Held>) {
    this.#run = run;
    this.#launches = all;
    this.#endings = ended;
    this.#turns = taken;
    this.#held = caught;
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
      if (moment === 'idle') return await this.#stopIdle(actor, signal);
      const caught = await this.#held();
      return moment === 'again' ? await stopTwice(this.#endings, actor, caught, signal)
        : await stopInFlight(this.#endings, actor, caught, signal, () => actor.launch.waitForExit(holdMs));
    } finally {
      await actor.dispose();
    }
  }

  /** One that does not end in time is looked at for longer, so that it can be said why. */
  async #stopIdle(actor: Actor, signal: NodeJS.Signals): Promise<Stop> {
    const { launch } = actor;
    const worker = await actor.worker();
    const signs = { worker, handling: handlingOf(worker, signal) };
    const ending = await this.#endings.stop(launch, { signal, target: 'parent' });
    const more = ending.exit === undefined && ending.excuse === undefined
      ? await lookOn(launch, worker, signal) : {};
    return { ...ending, inFlight: undefined, signs: { ...signs, ...more } };
  }
}

export const stops = fixture('stops', async (scope) => new Stops(
  scope.run, await scope.use(launches), await scope.use(endings), await scope.use(turns), () => scope.use(held),
));
