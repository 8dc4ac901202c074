import { readFileSync } from 'node:fs';

/** The Pss line of /proc/PID/smaps_rollup, in bytes; the kernel gives kB of 1024 bytes (proc(5)). */
export function parsePss(rollup: string): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
}

/** Proportional set size of the processes; one that has ended meanwhile counts as nothing. */
export function memoryOnLinux(pids: readonly number[]): number {
  return pids.reduce((bytes, pid) => {
    try {
      return bytes + parsePss(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    } catch {
      return bytes;
    }
  }, 0);
}
