import { readdirSync } from 'node:fs';
import { readProc, statFields } from '../proc.ts';
import type { ProcessEntry } from './process-entry.ts';

/** Parses /proc/PID/stat: field 3 is the state, 4 the parent, 5 the process group, 22 the start time in clock ticks since boot. */
export function parseStat(pid: number, stat: string): Omit<ProcessEntry, 'command'> | undefined {
  const fields = statFields(stat);
  const [state, parent, group] = fields;
  const startedAt = fields[19];
  if (startedAt === undefined) return undefined;
  return { pid, parentPid: Number(parent), groupId: Number(group), startedAt, zombie: state === 'Z' || state === 'X' };
}

const pids = (): number[] => readdirSync('/proc').map(Number).filter(Number.isInteger);

/** Reads the process table from /proc. A command line is read when it is asked for: hardly any of them is. */
export function linuxProcesses(): ProcessEntry[] {
  return pids().flatMap((pid) => {
    const entry = parseStat(pid, readProc(`${pid}/stat`));
    return entry ? [{ ...entry, get command() { return readProc(`${pid}/cmdline`).replaceAll('\0', ' ').trim(); } }] : [];
  });
}

/** The pids in whose /proc/PID/environ the entry stands, of all or of some processes. */
export function environmentEntries(entry: string, among: readonly number[] = pids()): number[] {
  return among.filter((pid) => `\0${readProc(`${pid}/environ`)}`.includes(`\0${entry}\0`));
}
