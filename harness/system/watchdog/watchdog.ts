import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { InfrastructureError, messageOf } from '../../model/errors.ts';
import { siblingModule } from '../tools/sibling.ts';
import { createRunFolder, type RunFolder } from '../launch/run-folder.ts';
import { endOf } from '../wait.ts';

/** It is a Node with little to load: on a slow machine (an emulated one) it takes the longer, as this one did. */
const startMs = Math.max(20_000, 100 * performance.nodeTiming.bootstrapComplete);

/**
 * A small process of its own that outlives the harness: when the harness is gone, however it ended, it sends SIGKILL to
 * everything that carries the run's mark and removes the run's folder.
 */
export class Watchdog implements AsyncDisposable {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /**
   * Starts the watchdog and then makes the run's folder; must come before anything else.
   * @throws {InfrastructureError} when it does not get ready; then nothing of it stays that would keep this process alive.
   */
  static async start(run: RunFolder, deadlineMs = startMs): Promise<Watchdog> {
    const script = siblingModule('watchdog-process', import.meta.url);
    const child = fork(script, [run.mark, run.folder], { detached: true, stdio: 'ignore', env: {}, execArgv: [] });
    const over = (): string | undefined => (child.exitCode === null && child.signalCode === null ? undefined : 'its process ended');
    try {
      await endOf('the watchdog to be ready', once(child, 'message'), { deadlineMs, over });
    } catch (cause) {
      child.kill('SIGKILL');
      if (child.connected) child.disconnect();
      throw new InfrastructureError(`the watchdog process cannot be had: ${messageOf(cause)}`, { cause });
    }
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
