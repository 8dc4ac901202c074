import { judgeDeadline, useBetween } from '../system/cpu/cpu-use.ts';
import type { Exit, Launch, Remains } from '../system/launch/launch.ts';
import { stopChild } from './child-stop.ts';
import { isAsPromised, promisedStop, type PromisedStop } from './promised-stop.ts';
import { fixture } from './scope.ts';
import { killed, waysOf, type Target, type Way } from './ways.ts';

/** How one launch ended, and what was there afterwards. */
export type Ending = {
  readonly launch: Launch;
  /** Undefined for a launch that ended by itself. */
  readonly signal: NodeJS.Signals | undefined;
  /** Whom the signal went to; by default the started process. */
  readonly target?: Target;
  /** It was stopped in a way that a check of its own judges; what looks at every launch leaves it out. */
  readonly apart?: true;
  /** Undefined when it still ran at the end of the contract's time. */
  readonly exit: Exit | undefined;
  /** From the signal, or from the moment at which the activity in flight was let go. */
  readonly stopMs: number;
  /** Says that it was late only because it had to wait for a CPU that others had. */
  readonly excuse?: string | undefined;
  /** Of a stop whose signal went to the worker's own process: whether that ended within the contract's time, where that can be told. */
  readonly workerEnded?: boolean | undefined;
  readonly remains: Remains;
};

/** What is known of an end before anybody has looked at what it left behind. */
export type End = Omit<Ending, 'launch' | 'remains'>;

/** A signal that was ignored this often is not waited for again: every launch of the run would take its whole time. */
const ignoredOften = 2;

/** What outlives a killed parent is looked for after this, where the contract promises nothing: then it is told, and nothing is judged. */
const toldAfterMs = 2_000;

/** Every launch of the run that has ended, so that each is judged, whatever it was for. */
export class Endings {
  readonly all: Ending[] = [];
  readonly promised: PromisedStop;
  /** A launch was to be told in its worker's own process, and had none beside the started one. */
  oneProcess = false;
  readonly #ways: ReturnType<typeof waysOf>;
  #turn = { subject: 0, baseline: 0, previous: 0, service: 0 };

  constructor(promised: PromisedStop) {
    this.promised = promised;
    this.#ways = waysOf(promised);
  }

  /** How this launch is to end: the way whose turn it is, signals that nobody answers left out; undefined where none is left. */
  next({ command: { variant } }: Launch): Way | undefined {
    const ignored = ({ signal }: Way): boolean => this.all.filter((ending) =>
      ending.signal === signal && ending.exit === undefined && ending.launch.command.variant === variant).length >= ignoredOften;
    const { first, turns } = this.#ways;
    const turn = this.#turn[variant]++;
    const once = variant === 'subject' ? first[turn] : undefined;
    if (once !== undefined && !ignored(once)) return once;
    const answered = turns.filter((way) => !ignored(way) && (variant === 'subject' || way.target === 'parent'));
    return answered[turn % answered.length];
  }

  /**
   * Sends a signal, waits for the end of the started process as long as the contract says, and keeps what came of it. `worker` is the
   * process that polls, where the signal goes to that one; `apart` says that a check of its own judges this stop.
   */
  async stop(launch: Launch, { signal, target }: Way, { worker, apart }: { worker?: number; apart?: true } = {}): Promise<Ending> {
    if (target === 'child' && worker !== undefined) {
      const workerEnded = await stopChild(launch, worker, signal, this.promised.withinMs);
      return this.keep(launch, { signal, target, apart: true, workerEnded, ...(await this.end(launch)) });
    }
    const ended = this.end(launch);
    if (target === 'group') launch.signalGroup(signal);
    else launch.signal(signal);
    const how = await ended;
    if (signal !== killed.signal) return this.keep(launch, { signal, target, ...(apart && { apart }), ...how });
    const { parentKilled, withinMs } = this.promised;
    await launch.untilGone(parentKilled === undefined ? toldAfterMs : withinMs);
    return this.keep(launch, { signal, target, apart: true, ...how });
  }

  /** How a launch that has been told to stop comes to its end, from now on; what it waits for a CPU that others have does not count. */
  async end(launch: Launch): Promise<Pick<Ending, 'exit' | 'stopMs' | 'excuse'>> {
    const from = launch.cpu.sample();
    const limitMs = this.promised.withinMs;
    const exit = await launch.waitForExit(limitMs, { stretch: launch.cpu.stretch() }).catch(() => undefined);
    const stopMs = performance.now() - from.atMs;
    const { verdict, sentence } = judgeDeadline({ limitMs, ...useBetween(from, launch.cpu.sample()), elapsedMs: stopMs });
    return { exit, stopMs, ...(verdict === 'machine' && { excuse: sentence }) };
  }

  /** Keeps how a launch ended, once for each. */
  async keep(launch: Launch, how: End): Promise<Ending> {
    const remains = await launch.remains();
    const known = this.of(launch);
    if (known !== undefined) return known;
    const ending = { launch, ...how, remains };
    this.all.push(ending);
    return ending;
  }

  /** Late or with another exit than promised, and not for want of a CPU. */
  isBad({ exit, stopMs, excuse }: Ending): boolean {
    if (exit === undefined || stopMs > this.promised.withinMs) return excuse === undefined;
    return !isAsPromised(this.promised, exit);
  }

  /** Undefined while nothing is known of its end. */
  of(launch: Launch): Ending | undefined {
    return this.all.find((ending) => ending.launch === launch);
  }

  /** The launches of the subject that ended in this way. */
  by({ signal, target }: Way): Ending[] {
    return this.all.filter((ending) =>
      ending.launch.command.variant === 'subject' && ending.signal === signal && (ending.target ?? 'parent') === target);
  }
}

export const endings = fixture('endings', ({ run }) => new Endings(promisedStop(run.contract)));
