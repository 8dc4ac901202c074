import { constants } from 'node:os';
import { watchStarter } from './starter.ts';

const handled = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How often it is looked who started this: npm does not forward SIGTERM, it just disappears, and leaves its shell behind. */
const starterCheckMs = 500;

/**
 * Owns the signals of the harness for the whole run: the first one asks everything to stop and still lets the report be
 * written, the second of the same kind gives up. Whoever started this disappears: that counts as SIGHUP.
 */
export class Signals implements Disposable {
  readonly #abort = new AbortController();
  readonly #isStarterGone = watchStarter();
  readonly #starterCheck = setInterval(() => this.#lookAtStarter(), starterCheckMs).unref();
  #received: NodeJS.Signals | undefined;

  constructor() {
    this.takeOver();
  }

  /** The signal that ends the run, if there was one. */
  get received(): NodeJS.Signals | undefined {
    return this.#received;
  }

  /** Aborts at the first signal. */
  get aborted(): AbortSignal {
    return this.#abort.signal;
  }

  /** 128 plus the number of the received signal, as shells report it. */
  get exitCode(): number | undefined {
    return this.#received && 128 + constants.signals[this.#received];
  }

  /** Installs the handlers, in place of any that a library has put there. */
  takeOver(): void {
    for (const signal of handled) process.removeAllListeners(signal).on(signal, this.#receive);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#starterCheck);
    for (const signal of handled) process.off(signal, this.#receive);
  }

  #lookAtStarter(): void {
    if (this.#received === undefined && this.#isStarterGone()) this.#receive('SIGHUP');
  }

  readonly #receive = (signal: NodeJS.Signals): void => {
    if (this.#received === signal) process.exit(this.exitCode);
    this.#received ??= signal;
    this.#abort.abort();
  };
}
