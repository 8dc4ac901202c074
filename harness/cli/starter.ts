import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What starts a command by a shell, and tells that nothing when it is ended itself. */
const runners = /(?:^|[\s/\\])(?:npm|npx|pnpm|yarn|bun)(?:-cli)?(?:\.[cm]?js)?(?:\s|$)/;

/** A process and the one that started it. */
type Started = { readonly parentPid: number; readonly command: string };

/**
 * Looks who started this process: its parent and, where that is a shell of npm or its like, npm too.
 * @returns whether one of them is gone by now. On Windows only the parent is looked at.
 */
export function watchStarter(): () => boolean {
  const parent = process.ppid;
  const runner = lookAt(parent)?.parentPid;
  const isBelowRunner = runner !== undefined && runner > 1 && runners.test(lookAt(runner)?.command ?? '');
  return () => process.ppid !== parent || (isBelowRunner && isGone(runner, parent));
}

/** A runner that has ended and was not waited for is still there; its shell has another parent then, as Linux tells for nothing. */
function isGone(runner: number, shell: number): boolean {
  if (process.platform === 'linux') return lookAt(shell)?.parentPid !== runner;
  try {
    process.kill(runner, 0);
    return false;
  } catch {
    return true;
  }
}

function lookAt(pid: number): Started | undefined {
  try {
    if (process.platform === 'win32') return undefined;
    if (process.platform !== 'linux') {
      const [, parent, command = ''] = /^\s*(\d+)\s+(.*)$/s.exec(execFileSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], {
        encoding: 'utf8', timeout: 2_000,
      })) ?? [];
      return { parentPid: Number(parent), command };
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may hold anything; the parent is the second field behind it.
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { parentPid: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') };
  } catch {
    return undefined;
  }
}
