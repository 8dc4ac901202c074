import { parseTimes } from '../cpu/cpu-linux.ts';
import type { Libc } from '../processes/libc-linux.ts';
import { readProc, statFields } from '../proc.ts';

/** What processes have cost: CPU time in milliseconds, user and system together, and pages that had to be brought in, minor and major. */
export type Cost = { readonly cpuMs: number; readonly pageFaults: number };

/** Why CPU cannot be told exactly here: the calls for it are not there. `isSystem` where this system has none that is known. */
export type NoCost = { readonly reason: string; readonly isSystem: boolean };

/** Whether CPU can be told exactly, and if not why. */
export function noCost(library: Libc | undefined, system: string = process.platform): NoCost | undefined {
  if (library !== undefined) return undefined;
  if (system !== 'linux') return { reason: 'CPU of a process tree is told exactly on Linux only', isSystem: true };
  return {
    reason: 'the CPU of a process tree cannot be told exactly, because the package koffi does not load; install it again (npm ci)',
    isSystem: false,
  };
}

/**
 * What something that runs to its end costs: call it, run, call what it gave. Exact to microseconds, getrusage(2). Whatever else this
 * process has started must not end meanwhile; a descendant for which nobody waited is not in it.
 */
export function watchEnded(library: Libc): () => Cost {
  const before = library.endedChildren();
  return () => {
    const after = library.endedChildren();
    return { cpuMs: after.cpuMs - before.cpuMs, pageFaults: after.pageFaults - before.pageFaults };
  };
}

/**
 * What the living members of a tree have cost so far, with those of their children that have ended and were waited for. The CPU of the
 * living is exact to microseconds, that of the ended to one tick of 10 ms for each sum of user and of system time.
 */
export function costOfLiving(pids: readonly number[], library: Libc): Cost {
  return pids.map((pid) => costOfOne(pid, library)).reduce(
    (sum, one) => ({ cpuMs: sum.cpuMs + one.cpuMs, pageFaults: sum.pageFaults + one.pageFaults }), { cpuMs: 0, pageFaults: 0 },
  );
}

function costOfOne(pid: number, library: Libc): Cost {
  const own = library.cpuMs(pid);
  const stat = readProc(`${pid}/stat`);
  if (own === undefined || stat === '') return { cpuMs: 0, pageFaults: 0 };
  const { ownMs, withEndedMs } = parseTimes(stat);
  return { cpuMs: own + withEndedMs - ownMs, pageFaults: parseFaults(stat) };
}

/** Fields 10 to 13 of /proc/PID/stat, proc(5): minor faults, those of ended children, major faults, those of ended children. */
export function parseFaults(stat: string): number {
  return statFields(stat).slice(7, 11).reduce((sum, faults) => sum + Number(faults), 0);
}
