import { InfrastructureError } from '../../model/errors.ts';
import type { ProcessEntry } from './process-entry.ts';
import { environmentEntries, isOwnTable, linuxEnded, linuxPids, linuxProcesses, linuxSession } from './process-table-linux.ts';
import { posixEnvironmentEntries, posixProcesses } from './process-table-posix.ts';
import { windowsProcesses } from './process-table-windows.ts';

/**
 * Every process of this machine that may be listed by this user.
 * @throws {InfrastructureError} when this very process is not among them: then the list is another one's, or none, and says nothing.
 */
export function listProcesses(): ProcessEntry[] {
  const all = process.platform === 'linux' ? linuxProcesses() : process.platform === 'win32' ? windowsProcesses() : posixProcesses();
  if (!(process.platform === 'linux' ? isOwnTable() : all.some(({ pid }) => pid === process.pid))) throw new InfrastructureError(
    'the list of processes does not show this very process, so nobody knows what runs; is /proc that of another PID namespace?',
  );
  return all;
}

/** Every pid of this machine that may be listed by this user. */
export function allPids(): number[] {
  return process.platform === 'linux' ? linuxPids() : listProcesses().map(({ pid }) => pid);
}

/**
 * The pids whose environment at start contains `entry` ("NAME=value"); none on Windows, which shows no other process's environment.
 * With `among` no others are looked at where they are read one by one.
 */
export function pidsWithEnvironment(entry: string, among?: readonly number[]): number[] {
  if (process.platform === 'linux') return environmentEntries(entry, among);
  return process.platform === 'win32' ? [] : posixEnvironmentEntries(entry);
}

/** The session of a process; 0 where the system does not tell it, or the process has ended. */
export function sessionOf(pid: number): number {
  return process.platform === 'linux' ? linuxSession(pid) : 0;
}

/** Whether a process of the table is gone by now; elsewhere than on Linux nobody looks so closely. */
export function hasEnded({ pid }: ProcessEntry): boolean {
  return process.platform === 'linux' && linuxEnded(pid);
}

/** These processes of a table and everything that descends from them, by pid. */
export function withDescendants(table: readonly ProcessEntry[], found: readonly ProcessEntry[]): Map<number, ProcessEntry> {
  const members = new Map(found.map((entry) => [entry.pid, entry]));
  for (let size = -1; size !== members.size; ) {
    size = members.size;
    for (const entry of table) if (members.has(entry.parentPid) && !members.has(entry.pid)) members.set(entry.pid, entry);
  }
  return members;
}
