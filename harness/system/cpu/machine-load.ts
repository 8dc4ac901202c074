import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { notedMarks, type RunFolder } from '../launch/run-folder.ts';
import { pidsCarrying } from '../processes/marks.ts';
import { pressureMs, processCpu } from './cpu-linux.ts';

/** What else this machine did while a run was on it. */
type MachineLoad = ReturnType<ReturnType<typeof watchMachine>['seen']>;

/** Beyond this share of the cores, others are in the way of what is measured. */
const busyShare = 0.2;

/** Watches the machine from now on; `seen` may be asked again and again. */
export function watchMachine(run: RunFolder) {
  const [startMs, busyMs, ownMs, waitingMs] = [performance.now(), machineBusyMs(), runMs(run), pressureMs()];
  return {
    seen() {
      const [elapsedMs, now] = [performance.now() - startMs, pressureMs()];
      const othersMs = Math.max(0, machineBusyMs() - busyMs - (runMs(run) - ownMs));
      return {
        cores: availableParallelism(),
        /** So many cores on average were kept busy by what is not of this run. */
        othersCores: othersMs / elapsedMs,
        /** Of the last minute. */
        loadAverage: loadavg()[0] ?? 0,
        /** The share of the time in which something had to wait for a CPU, where the kernel tells (PSI). */
        waitingShare: now === undefined || waitingMs === undefined ? undefined : (now - waitingMs) / elapsedMs,
      };
    },
  };
}

/** What this process, what it has started and ended, and what of the run is still alive have used so far. */
function runMs(run: RunFolder): number {
  if (process.platform !== 'linux') return process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;
  return [process.pid, ...pidsCarrying(notedMarks(run))].reduce((sum, pid) => sum + (processCpu(pid)?.withEndedMs ?? 0), 0);
}

/** A sentence for the report where the machine was busy with something else, undefined where it was not. */
export function busySentence({ cores, othersCores, loadAverage, waitingShare }: MachineLoad): string | undefined {
  if (othersCores <= cores * busyShare) return undefined;
  const waiting = waitingShare === undefined ? '' : `; in ${Math.round(waitingShare * 100)} % of the time something waited for a CPU`;
  return `The machine was busy: other work kept ${othersCores.toFixed(1)} of its ${cores} cores busy during the run (load average ` +
    `${loadAverage.toFixed(1)}${waiting}). Times are longer than on a free machine; what was missed for that is not called a failure.`;
}

/** Milliseconds since boot during which the cores of this machine were busy, all cores together. */
export function machineBusyMs(): number {
  if (process.platform === 'linux') return parseBusy(readFileSync('/proc/stat', 'latin1'));
  return cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);
}

/** The first line of /proc/stat, proc(5), in ticks of 10 ms: user, nice, system, idle, iowait, irq, softirq, steal. */
export function parseBusy(stat: string): number {
  const ticks = (/^cpu +(.*)$/m.exec(stat)?.[1] ?? '').split(' ').map(Number);
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = ticks;
  return (user + nice + system + irq + softirq + steal) * 10;
}

/**
 * What share of a span a process that wanted to run had to wait, where no system call tells: none while a core was free, else what the
 * load average says, and at least half (one other for each core). The load average lags, and Windows has none.
 */
export function estimatedShare(busyCores: number, cores: number, load = loadavg()[0] ?? 0): number {
  return busyCores < cores * 0.95 ? 0 : 1 - cores / Math.max(load, 2 * cores);
}
