import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { InfrastructureError } from '../../model/errors.ts';
import { siblingModule } from '../tools/sibling.ts';
import { createRunFolder, type RunFolder } from '../launch/run-folder.ts';

/**
 * A small process of its own that outlives the harness: when the harness is gone, however it ended, it sends SIGKILL to
 * everything that carries the run's mark and removes the run's folder.
 */
export class Watchdog implements AsyncDisposable {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Starts the watchdog and then makes the run's folder; must come before anything else. */
  static async start(run: RunFolder): Promise<Watchdog> {
    const script = siblingModule('watchdog-process', import.meta.url);
    const child = fork(script, [run.mark, run.folder], { detached: true, stdio: 'ignore', env: {}, execArgv: [] });
    const failed = once(child, 'exit').then(() => Promise.reject(new InfrastructureError('the watchdog process ended before it was ' +
      'ready')));
    await Promise.race([once(child, 'message', { signal: AbortSignal.timeout(20_000) }), failed]);
    failed.catch(() => {});
    createRunFolder(run);
    child.unref();
    child.channel?.unref();
    return new Watchdog(child);
  }

  /** Also removes this folder when the harness is gone: a report that was not published. */
  alsoRemove(folder: string): void {
    this.#child.send({ remove: folder });
  }

  /** Leaves the run's folder where it is (`--keep-rooms`). */
  keepFolder(): void {
    this.#child.send({ keep: true });
  }

  /** Lets the watchdog do its last round and end. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.ref();
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }
}
