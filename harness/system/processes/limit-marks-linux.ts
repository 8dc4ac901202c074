import { randomInt } from 'node:crypto';
import { readProc } from '../proc.ts';
import { findOnPath, isExecutable } from '../tools/on-path.ts';
import { libc, type Limit } from './libc-linux.ts';

/**
 * A mark that survives fork, exec, a cleared environment and closed descriptors: the soft values of two limits that children inherit and
 * hardly anybody sets. The kernel ignores `locks` (RLIMIT_LOCKS, since Linux 2.4.25), so it may be any number. `queueBytes`
 * (RLIMIT_MSGQUEUE, which very few need) finds those that set the first one back.
 */
export type LimitMark = { readonly locks: number; readonly queueBytes: number };

/** The numbers of setrlimit(2). */
const resources = { locks: 10, queueBytes: 12 } as const;

/** What the mark of the locks may be; usually there is no such limit. */
const lockRange = { from: 2 ** 29, to: 2 ** 31 };

/** A mark that is nobody else's; undefined where processes cannot be marked so. */
export function newLimitMark(): LimitMark | undefined {
  const { locks, queue } = hardLimits(readProc('self/limits'));
  if (!(locks > lockRange.to && queue > 0) || (prlimitProgram() === undefined && libc === undefined)) return undefined;
  // A little less than what is usual, 819200, or allowed: who needs queues at all does not need all of that.
  const most = Math.min(queue, 819_200);
  return { locks: randomInt(lockRange.from, lockRange.to), queueBytes: randomInt(Math.floor(most * 0.85), most) };
}

function hardLimits(limits: string): { locks: number; queue: number } {
  const hard = (line: RegExp): number => {
    const text = line.exec(limits)?.[1];
    return text === 'unlimited' ? Infinity : Number(text ?? NaN);
  };
  return { locks: hard(/^Max file locks +\S+ +(\S+)/m), queue: hard(/^Max msgqueue size +\S+ +(\S+)/m) };
}

const prlimitProgram = (): string | undefined => findOnPath('prlimit');

/** How a program is started so that it carries a mark: `begun` is to be told its pid at once. */
export type Started = { readonly file: string; readonly args: readonly string[]; readonly begun: (pid: number) => void };

/**
 * The same program with the mark: prlimit(1) sets the limits and becomes the program, with the same pid. This process never changes its own
 * limits, which all of its threads have in common. Where there is no prlimit, or no such program, the process is marked as soon as it is
 * there; what it has started before is known as its child only.
 */
export function limited(mark: LimitMark, file: string, args: readonly string[]): Started {
  const prlimit = prlimitProgram();
  const isThere = file.includes('/') ? isExecutable(file) : findOnPath(file) !== undefined;
  if (prlimit === undefined || !isThere) return { file, args, begun: (pid) => stamp(mark, pid) };
  return { file: prlimit, args: [`--locks=${mark.locks}:`, `--msgqueue=${mark.queueBytes}:`, '--', file, ...args], begun: () => {} };
}

function stamp(mark: LimitMark, pid: number): void {
  for (const kind of ['locks', 'queueBytes'] as const) {
    const old: Limit = [0, 0];
    libc?.limit(pid, resources[kind], null, old);
    libc?.limit(pid, resources[kind], [mark[kind], old[1]], null);
  }
}

/** Whether a text of /proc/PID/limits has the mark; that of the queues counts only where that of the locks was taken off. */
export function isLimited(limits: string, { locks, queueBytes }: LimitMark): boolean {
  const lines = [/^Max file locks +(\S+)/m, /^Max msgqueue size +(\S+)/m];
  const [seenLocks = NaN, seenQueue] = lines.map((line) => Number(line.exec(limits)?.[1]));
  const isAnothers = seenLocks >= lockRange.from && seenLocks < lockRange.to;
  return seenLocks === locks || (seenQueue === queueBytes && !isAnothers);
}

/** The pids that carry one of the marks. */
export function limitedPids(marks: readonly LimitMark[], among: readonly number[]): number[] {
  return among.filter((pid) => {
    const limits = readProc(`${pid}/limits`);
    return limits !== '' && marks.some((mark) => isLimited(limits, mark));
  });
}
