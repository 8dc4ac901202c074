import { fork } from 'node:child_process';
import { once } from 'node:events';
import { InfrastructureError, messageOf } from '../../model/errors.ts';
import { siblingModule } from '../tools/sibling.ts';
import { createRunFolder, noteChild, type RunFolder } from '../launch/run-folder.ts';
import { noteRun } from './abandoned.ts';
import { endOf } from '../wait.ts';

/** It is a Node with little to load: on a slow machine (an emulated one) it takes the longer, as this one did. */
const startMs = Math.max(20_000, 100 * performance.nodeTiming.bootstrapComplete);

/**
 * Starts a small process of its own that outlives the harness: when the harness is gone, however it ended, it sends SIGKILL to
 * everything that carries a mark of the run and removes the run's folder and rooms. Then it makes that folder; comes before anything else.
 * Disposed, the watchdog does its last round and ends.
 * @throws {InfrastructureError} when it does not get ready; then nothing of it stays that would keep this process alive.
 */
export async function startWatchdog(run: RunFolder, deadlineMs = startMs) {
  const script = siblingModule('watchdog-process', import.meta.url);
  const child = fork(script, [run.folder], { detached: true, stdio: 'ignore', env: {}, execArgv: [] });
  const over = (): string | undefined => (child.exitCode === null && child.signalCode === null ? undefined : 'its process ended');
  let forget: () => Promise<void>;
  try {
    await endOf('the watchdog to be ready', once(child, 'message'), { deadlineMs, over });
    createRunFolder(run);
    child.send({ watch: true });
    forget = await noteRun(run, [process.pid, child.pid ?? 0]);
  } catch (cause) {
    child.kill('SIGKILL');
    if (child.connected) child.disconnect();
    if (cause instanceof InfrastructureError) throw cause;
    throw new InfrastructureError(`the watchdog process cannot be had: ${messageOf(cause)}`, { cause });
  }
  noteChild(run, child); // in a session of its own, as what was left behind is
  child.unref();
  child.channel?.unref();
  return {
    /** Leaves the run's folder where it is (`--keep-rooms`). */
    keepFolder: (): void => void child.send({ keep: true }),
    async [Symbol.asyncDispose](): Promise<void> {
      if (over() !== undefined) return;
      child.ref();
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
      await forget();
    },
  };
}
