import { environmentEntries, linuxProcesses } from './process-table-linux.ts';
import { posixEnvironmentEntries, posixProcesses } from './process-table-posix.ts';
import { windowsProcesses } from './process-table-windows.ts';
import type { ProcessEntry } from './process-entry.ts';

/** Every process of this machine that may be listed by this user. */
export function listProcesses(): ProcessEntry[] {
  if (process.platform === 'linux') return linuxProcesses();
  return process.platform === 'win32' ? windowsProcesses() : posixProcesses();
}

/**
 * The pids whose environment at start contains `entry` ("NAME=value").
 * Empty on Windows, which shows no other process's environment.
 */
export function pidsWithEnvironment(entry: string): number[] {
  if (process.platform === 'linux') return environmentEntries(entry);
  return process.platform === 'win32' ? [] : posixEnvironmentEntries(entry);
}
