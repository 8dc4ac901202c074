import { readdirSync } from 'node:fs';
import { readProc, statFields } from '../proc.ts';

/** What /proc says of one process, in milliseconds. */
export type ProcessCpu = NonNullable<ReturnType<typeof processCpu>>;

/** The kernel's USER_HZ: 100 on every architecture of Linux that Node runs on. */
const tickMs = 10;

/** Fields 14 to 17 and 22 of /proc/PID/stat, proc(5): user and system time, those of ended children, the start time. */
export function parseTimes(stat: string) {
  const fields = statFields(stat);
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15).map((ticks) => Number(ticks) * tickMs);
  return {
    /** Distinguishes two processes that had the same pid one after the other. */
    startedAt: fields[19] ?? '',
    ownMs: user + system,
    /** Its own and that of children that have ended and were waited for. */
    withEndedMs: user + system + endedUser + endedSystem,
  };
}

/** The second field of /proc/PID/schedstat, in milliseconds: the kernel gives nanoseconds on a run queue. */
export function parseWaited(schedstat: string): number {
  return Number(schedstat.split(' ')[1] ?? 0) / 1e6;
}

/** Reads one process, with what each of its threads has waited on a run queue; undefined when it is gone. */
export function processCpu(pid: number) {
  const stat = readProc(`${pid}/stat`);
  if (stat === '') return undefined;
  const waitedMs = new Map<string, number>();
  const children: number[] = [];
  for (const thread of threadsOf(pid)) {
    waitedMs.set(thread, parseWaited(readProc(`${pid}/task/${thread}/schedstat`)));
    children.push(...readProc(`${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number));
  }
  return { ...parseTimes(stat), waitedMs, children };
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** The time in which something had to wait for a CPU (PSI), in milliseconds since boot; undefined where the kernel has none. */
export function pressureMs(): number | undefined {
  const total = /^some .*total=(\d+)/m.exec(readProc('pressure/cpu'))?.[1];
  return total === undefined ? undefined : Number(total) / 1000;
}
