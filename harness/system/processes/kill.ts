import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessEntry } from './process-entry.ts';
import { sessionOf } from './process-table.ts';

/**
 * Sends a signal to one pid, with 0 none; false when no such process is left. On Windows, where SIGKILL of a parent leaves its
 * children alive, SIGKILL goes through taskkill to the whole tree.
 */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    const tree = process.platform === 'win32' && signal === 'SIGKILL';
    if (tree) execFileSync('taskkill', ['/T', '/F', '/PID', String(pid)], { stdio: 'ignore' });
    else process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** What to end, and its group and session, each 0 where the system does not tell. */
type Target = Pick<ProcessEntry, 'pid' | 'groupId' | 'sessionId'>;

/** How long it is tried unless somebody says. */
const usualMs = 5_000;

/** Whose groups are left alone, and how long it is tried at most. */
export type KillOptions = { readonly session?: number; readonly deadlineMs?: number };

/**
 * Sends SIGKILL to everything that `alive` lists until it lists nothing, children last born included. Its groups are ended too, since what
 * forks without a pause is another process when the signal comes, and only a whole group ends at once; but no group of `session`, which is
 * this process's own unless given.
 * Returns the pids that could not be ended within the deadline; empty is the rule.
 */
export async function killAll(
  alive: () => readonly Target[], { session = sessionOf(process.pid), deadlineMs = usualMs }: KillOptions = {},
): Promise<number[]> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const left = alive();
    if (left.length === 0 || performance.now() > end) return left.map((entry) => entry.pid);
    for (const { pid, groupId, sessionId } of left.toReversed()) {
      sendSignal(pid, 'SIGKILL');
      if (groupId > 1 && sessionId > 1 && sessionId !== session) sendSignal(-groupId, 'SIGKILL');
    }
    await pause(10);
  }
}
