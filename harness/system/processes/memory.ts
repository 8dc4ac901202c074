import type { ProcessEntry } from './process-entry.ts';
import { readProc } from '../proc.ts';

/** The Pss line of /proc/PID/smaps_rollup, in bytes; the kernel gives kB of 1024 bytes (proc(5)). */
export function parsePss(rollup: string): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
}

/**
 * Memory of a process tree in bytes. On Linux the proportional set size, now, which counts a shared page once over all
 * processes that share it; elsewhere the resident set size when they were listed, which counts it in each.
 */
export function memoryOfTree(processes: readonly Pick<ProcessEntry, 'pid' | 'residentBytes'>[]): number {
  return processes.reduce((bytes, { pid, residentBytes }) => bytes + (residentBytes ?? parsePss(readProc(`${pid}/smaps_rollup`))), 0);
}
