import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

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

/**
 * Sends SIGKILL to everything that `alive` lists until it lists nothing, children last born included.
 * Returns the pids that could not be ended within the deadline; empty is the rule.
 */
export async function killAll(alive: () => readonly { readonly pid: number }[], deadlineMs = 5_000): Promise<number[]> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const left = alive();
    if (left.length === 0 || performance.now() > end) return left.map((entry) => entry.pid);
    for (const { pid } of left.toReversed()) sendSignal(pid, 'SIGKILL');
    await pause(10);
  }
}
