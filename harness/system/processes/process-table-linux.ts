import { readdirSync, readFileSync } from 'node:fs';
import type { ProcessEntry } from './process-entry.ts';

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined; // the process ended meanwhile, or belongs to somebody else
  }
}

function pids(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

/**
 * Parses /proc/PID/stat, proc(5): the command name is in parentheses and may itself contain parentheses and spaces;
 * behind it field 3 is the state, 4 the parent, 5 the process group, 22 the start time in clock ticks since boot.
 */
export function parseStat(pid: number, stat: string): Omit<ProcessEntry, 'command'> | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, parent, group] = fields;
  const startedAt = fields[19];
  if (state === undefined || parent === undefined || startedAt === undefined) return undefined;
  return { pid, parentPid: Number(parent), groupId: Number(group), startedAt, zombie: state === 'Z' || state === 'X' };
}

/** Reads the process table from /proc. */
export function linuxProcesses(): ProcessEntry[] {
  return pids().flatMap((pid) => {
    const stat = read(`/proc/${pid}/stat`);
    const entry = stat === undefined ? undefined : parseStat(pid, stat);
    if (!entry) return [];
    return [{ ...entry, command: (read(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ').trim() }];
  });
}

/** The pids in whose /proc/PID/environ the entry stands. */
export function environmentEntries(entry: string): number[] {
  return pids().filter((pid) => read(`/proc/${pid}/environ`)?.split('\0').includes(entry));
}
