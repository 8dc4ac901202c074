import { readdirSync } from 'node:fs';
import { readProc, statFields } from '../proc.ts';
import type { ProcessEntry } from './process-entry.ts';

/** Parses /proc/PID/stat: field 3 is the state, 4 the parent, 5 the process group, 22 the start time in clock ticks since boot. */
export function parseStat(pid: number, stat: string): Omit<ProcessEntry, 'command'> | undefined {
  const [state, parent, group] = statFields(stat);
  const startedAt = statFields(stat)[19];
  if (startedAt === undefined) return undefined;
  return { pid, parentPid: Number(parent), groupId: Number(group), startedAt, zombie: state === 'Z' || state === 'X' };
}

const pids = (): number[] => readdirSync('/proc').map(Number).filter(Number.isInteger);

/** Reads the process table from /proc. */
export function linuxProcesses(): ProcessEntry[] {
  return pids().flatMap((pid) => {
    const entry = parseStat(pid, readProc(`${pid}/stat`));
    return entry ? [{ ...entry, command: readProc(`${pid}/cmdline`).replaceAll('\0', ' ').trim() }] : [];
  });
}

/** The pids in whose /proc/PID/environ the entry stands. */
export function environmentEntries(entry: string): number[] {
  return pids().filter((pid) => readProc(`${pid}/environ`).split('\0').includes(entry));
}
