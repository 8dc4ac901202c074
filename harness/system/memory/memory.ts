import { memoryOnLinux } from './memory-linux.ts';
import { memoryOnPosix } from './memory-posix.ts';
import { memoryOnWindows } from './memory-windows.ts';

/**
 * Memory of a process tree in bytes, now. On Linux the proportional set size, which counts a shared page once over all
 * processes that share it; elsewhere the resident set size, which counts it in each.
 */
export function memoryOfTree(pids: readonly number[]): number {
  if (process.platform === 'linux') return memoryOnLinux(pids);
  return process.platform === 'win32' ? memoryOnWindows(pids) : memoryOnPosix(pids);
}
