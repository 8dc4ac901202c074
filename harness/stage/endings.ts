import { judgeDeadline, useBetween } from '../system/cpu/cpu-use.ts';
import type { Exit, Launch, Remains } from '../system/launch/launch.ts';
import { isAsPromised, promisedStop, type PromisedStop } from './promised-stop.ts';
import { fixture } from './scope.ts';

/** How one launch ended, and what was there afterwards. */
export type Ending = {
  readonly launch: Launch;
  /** Undefined for a launch that ended by itself. */
  readonly signal: NodeJS.Signals | undefined;
  /** Undefined when it still ran at the end of the contract's time. */
  readonly exit: Exit | undefined;
  /** From the signal, or from the moment at which the activity in flight was let go. */
  readonly stopMs: number;
  /** Says that it was late only because it had to wait for a CPU that others had. */
  readonly excuse?: string | undefined;
  readonly remains: Remains;
};

/** A signal that was ignored this often is not waited for again: every launch of the run would take its whole time. */
const ignoredOften = 2;

/** Every launch of the run that has ended, so that each is judged, whatever it was for. */
export class Endings {
  readonly all: Ending[] = [];
  readonly promised: PromisedStop;
  #turn = { subject: 0, baseline: 0, service: 0 };

  constructor(promised: PromisedStop) {
    this.promised = promised;
  }

  /** The promised signal whose turn it is, those that nobody answers left out; undefined where none is left. */
  next({ command: { variant } }: Launch): NodeJS.Signals | undefined {
    const ignored = (signal: NodeJS.Signals): boolean => this.all.filter((ending) =>
      ending.signal === signal && ending.exit === undefined && ending.launch.command.variant === variant).length >= ignoredOften;
    const answered = this.promised.signals.filter((signal) => !ignored(signal));
    this.#turn[variant] += 1;
    return answered[this.#turn[variant] % answered.length];
  }

  /** Sends a signal to the started process, waits as long as the contract says, and keeps what came of it. */
  async stop(launch: Launch, signal: NodeJS.Signals): Promise<Ending> {
    const ended = this.end(launch);
    launch.signal(signal);
    return this.keep(launch, { signal, ...(await ended) });
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
  async keep(launch: Launch, how: Pick<Ending, 'signal' | 'exit' | 'stopMs' | 'excuse'>): Promise<Ending> {
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
}

export const endings = fixture('endings', ({ run }) => new Endings(promisedStop(run.contract)));
