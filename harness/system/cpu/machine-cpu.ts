import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** Milliseconds since boot during which the cores of this machine were busy, all cores together. */
export function machineBusyMs(): number {
  if (process.platform === 'linux') return parseBusy(readFileSync('/proc/stat', 'latin1'));
  return cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);
}

/** The first line of /proc/stat, proc(5), in ticks of 10 ms: user, nice, system, idle, iowait, irq, softirq, steal. */
export function parseBusy(stat: string): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (/^cpu +(.*)$/m.exec(stat)?.[1] ?? '').split(' ').map(Number);
  return (user + nice + system + irq + softirq + steal) * 10;
}

/**
 * What share of a span a process that wanted to run had to wait, where no system call tells: none while a core was free, else what the
 * load average says, and at least half (one other for each core). The load average lags, and Windows has none.
 */
export function estimatedShare(busyCores: number, cores: number, load = loadavg()[0] ?? 0): number {
  return busyCores < cores * 0.95 ? 0 : 1 - cores / Math.max(load, 2 * cores);
}
