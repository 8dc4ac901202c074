import { availableParallelism, loadavg } from 'node:os';
import { pidsWithEnvironment } from '../processes/process-table.ts';
import { runMark } from '../processes/marks.ts';
import { pressureMs, processCpu } from './cpu-linux.ts';
import { machineBusyMs } from './machine-cpu.ts';

/** What else this machine did while a run was on it. */
export type MachineLoad = {
  readonly cores: number;
  /** So many cores on average were kept busy by what is not of this run. */
  readonly othersCores: number;
  /** Of the last minute. */
  readonly loadAverage: number;
  /** The share of the time in which something had to wait for a CPU, where the kernel tells (PSI). */
  readonly waitingShare: number | undefined;
};

/** Beyond this share of the cores, others are in the way of what is measured. */
const busyShare = 0.2;

/** Watches the machine from now on; `seen` may be asked again and again. `mark` is the run's own. */
export function watchMachine(mark: string): { seen(): MachineLoad } {
  const [startMs, busyMs, ownMs, waitingMs] = [performance.now(), machineBusyMs(), runMs(mark), pressureMs()];
  return {
    seen() {
      const [elapsedMs, now] = [performance.now() - startMs, pressureMs()];
      const othersMs = Math.max(0, machineBusyMs() - busyMs - (runMs(mark) - ownMs));
      return {
        cores: availableParallelism(),
        othersCores: othersMs / elapsedMs,
        loadAverage: loadavg()[0] ?? 0,
        waitingShare: now === undefined || waitingMs === undefined ? undefined : (now - waitingMs) / elapsedMs,
      };
    },
  };
}

/** What this process, what it has started and ended, and what of the run is still alive have used so far. */
function runMs(mark: string): number {
  if (process.platform !== 'linux') return process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;
  return [process.pid, ...pidsWithEnvironment(`${runMark}=${mark}`)].reduce((sum, pid) => sum + (processCpu(pid)?.withEndedMs ?? 0), 0);
}

/** A sentence for the report where the machine was busy with something else, undefined where it was not. */
export function busySentence({ cores, othersCores, loadAverage, waitingShare }: MachineLoad): string | undefined {
  if (othersCores <= cores * busyShare) return undefined;
  const waiting = waitingShare === undefined ? '' : `; in ${Math.round(waitingShare * 100)} % of the time something waited for a CPU`;
  return `The machine was busy: other work kept ${othersCores.toFixed(1)} of its ${cores} cores busy during the run (load average ` +
    `${loadAverage.toFixed(1)}${waiting}). Times are longer than on a free machine; what was missed for that is not called a failure.`;
}
