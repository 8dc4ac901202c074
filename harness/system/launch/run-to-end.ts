import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { killAll, sendSignal } from '../processes/kill.ts';
import { marked, newLaunchMark } from '../processes/marks.ts';
import { forgetPid, noteMark, notePid, type RunFolder } from './run-folder.ts';
import { treeOf } from '../processes/tree.ts';
import { messageOf } from '../../model/errors.ts';
import { NotTried } from '../../model/not-tried.ts';

/** A command that takes minutes: a build, or a whole verification. */
export type Task = {
  /** What it is, for messages: "the build". */
  readonly what: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Where stdout and stderr are written to, one after the other as they come. */
  readonly log: string;
  readonly deadlineMs: number;
  /** How long it gets to clean up after SIGTERM, before it is killed. */
  readonly graceMs: number;
  readonly run: RunFolder;
  readonly signal: AbortSignal;
};

/**
 * Runs a command to its end, as the leader of a process group of its own, and ends whatever it leaves behind.
 * @returns its exit code; null when a signal ended it.
 * @throws {NotTried} at the deadline, at an interrupt, or when it cannot be started.
 */
export async function runToEnd(
  { what, file, args, cwd, environment, log, deadlineMs, graceMs, run, signal }: Task,
): Promise<number | null> {
  if (signal.aborted) throw new NotTried('interrupted');
  const mark = newLaunchMark();
  const forgetMark = noteMark(run, mark);
  const output = openSync(log, 'a');
  const start = marked(mark, file, args);
  const child = spawn(start.file, start.args, {
    cwd, env: { ...environment, ...start.variables }, detached: true, stdio: ['ignore', output, output],
  });
  closeSync(output);
  const { pid } = child;
  if (pid !== undefined) {
    start.begun(pid);
    notePid(run, pid);
  }
  const tree = treeOf(pid ?? -1, mark);
  tree.alive(); // remembers the leader, so that its group is known after it
  const over = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
  try {
    const [code] = await once(child, 'exit', { signal: over });
    return code;
  } catch (error) {
    if (!over.aborted) throw new NotTried(`${what} could not be started (${messageOf(error)})`);
    throw new NotTried(signal.aborted ? 'interrupted' : `${what} did not end within ${deadlineMs / 60_000} min`);
  } finally {
    if (pid !== undefined) {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        sendSignal(-pid, 'SIGTERM');
        await Promise.race([ended, pause(graceMs)]);
      }
      await killAll(() => tree.alive());
      forgetPid(run, pid);
      forgetMark();
    }
  }
}
