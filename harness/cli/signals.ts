import { constants } from 'node:os';

const handled = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How often the parent is looked at: npm does not forward SIGTERM, it just disappears. */
const parentCheckMs = 500;

/**
 * Owns the signals of the harness for the whole run: the first one asks everything to stop and still lets the report be
 * written, the second of the same kind gives up. A parent that disappears counts as SIGHUP.
 */
export class Signals implements Disposable {
  readonly #abort = new AbortController();
  readonly #parent = process.ppid;
  readonly #parentCheck = setInterval(() => this.#lookAtParent(), parentCheckMs).unref();
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
    clearInterval(this.#parentCheck);
    for (const signal of handled) process.off(signal, this.#receive);
  }

  #lookAtParent(): void {
    if (process.ppid !== this.#parent && this.#received === undefined) this.#receive('SIGHUP');
  }

  readonly #receive = (signal: NodeJS.Signals): void => {
    if (this.#received === signal) process.exit(this.exitCode);
    this.#received ??= signal;
    this.#abort.abort();
  };
}
