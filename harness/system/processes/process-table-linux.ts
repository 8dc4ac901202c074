import { existsSync, readdirSync } from 'node:fs';
import { readProc, statFields } from '../proc.ts';
import type { ProcessEntry } from './process-entry.ts';

/** Parses /proc/PID/stat: field 3 is the state, 4 the parent, 5 the group, 6 the session, 22 the start time in clock ticks since boot. */
export function parseStat(pid: number, stat: string): Omit<ProcessEntry, 'command'> | undefined {
  const fields = statFields(stat);
  const [state, parent, group, session] = fields;
  const startedAt = fields[19];
  if (startedAt === undefined) return undefined;
  const zombie = state === 'Z' || state === 'X';
  return { pid, parentPid: Number(parent), groupId: Number(group), sessionId: Number(session), startedAt, zombie };
}

/** Whether /proc is that of this process's own PID namespace: it is empty where none is mounted. */
export function isOwnTable(): boolean {
  return Number.parseInt(readProc('self/stat'), 10) === process.pid;
}

/** Every pid of this machine, the latest first. */
export function linuxPids(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger).toSorted((a, b) => b - a);
}

/** So often at most it is looked for what was started meanwhile. */
const passes = 20;

/**
 * Reads the process table from /proc. Whatever ended while it was read may have started another process that was not there when they were
 * listed: then those that are new are read too. A command line is read when it is asked for: hardly any of them is.
 */
export function linuxProcesses(): ProcessEntry[] {
  const found = new Map<number, ProcessEntry>();
  for (let pass = 1; pass <= passes; pass += 1) {
    const listed = linuxPids().filter((pid) => !found.has(pid));
    const entries = listed.flatMap((pid) => {
      const stat = readProc(`${pid}/stat`);
      const entry = parseStat(pid, stat);
      return entry ? [{ ...entry, get command() { return commandOf(pid, stat); } }] : [];
    });
    for (const entry of entries) found.set(entry.pid, entry);
    if (entries.length === listed.length) break;
  }
  return [...found.values()];
}

/** The command line; the name in parentheses, as ps(1) tells it, of what has none any more. */
export function commandOf(pid: number, stat = readProc(`${pid}/stat`)): string {
  return readProc(`${pid}/cmdline`).replaceAll('\0', ' ').trim() || stat.slice(stat.indexOf('('), stat.lastIndexOf(')') + 1);
}

/** The session of a process; 0 when it has ended. */
export function linuxSession(pid: number): number {
  return parseStat(pid, readProc(`${pid}/stat`))?.sessionId ?? 0;
}

/** Whether a process has ended and was reaped. */
export function linuxEnded(pid: number): boolean {
  return !existsSync(`/proc/${pid}`);
}

/** The pids in whose /proc/PID/environ the entry stands, of all or of some processes. */
export function environmentEntries(entry: string, among: readonly number[] = linuxPids()): number[] {
  return among.filter((pid) => `\0${readProc(`${pid}/environ`)}`.includes(`\0${entry}\0`));
}
