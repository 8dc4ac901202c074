import type { ProcessEntry } from './process-entry.ts';
import { environmentEntries, linuxProcesses } from './process-table-linux.ts';
import { posixEnvironmentEntries, posixProcesses } from './process-table-posix.ts';
import { windowsProcesses } from './process-table-windows.ts';

/** Every process of this machine that may be listed by this user. */
export function listProcesses(): ProcessEntry[] {
  if (process.platform === 'linux') return linuxProcesses();
  return process.platform === 'win32' ? windowsProcesses() : posixProcesses();
}

/**
 * The pids whose environment at start contains `entry` ("NAME=value"); none on Windows, which shows no other process's environment.
 * With `among` no others are looked at where they are read one by one.
 */
export function pidsWithEnvironment(entry: string, among?: readonly number[]): number[] {
  if (process.platform === 'linux') return environmentEntries(entry, among);
  return process.platform === 'win32' ? [] : posixEnvironmentEntries(entry);
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
