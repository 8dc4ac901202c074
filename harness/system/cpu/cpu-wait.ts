import { availableParallelism } from 'node:os';
import type { Stretch } from '../wait.ts';
import { processCpu, type ProcessCpu } from './cpu-linux.ts';
import { excusedMs, useBetween, waitedSentence, type CpuSample, type CpuUse } from './cpu-use.ts';
import { estimatedShare, machineBusyMs } from './machine-load.ts';

/** A process that ends between two looks takes with it what it waited since the first: 1 ms of CPU four times a second is little. */
const lookEveryMs = 250;

/** The kernel counts a wait when it is over, all of it at once: what is waited is held against spans that are longer than one wait. */
const spanMs = 1_000;

export type CpuWait = ReturnType<typeof watchCpu>;

/**
 * What the process tree of one launch waits for a CPU and uses, over its whole life. Ended processes count with what was last seen of
 * them. Of the threads of one process the one that waited longest counts, of a span no more than its length: others wait beside it.
 * On Linux exact; elsewhere an estimate, and the sample says so. There `seeing` is told of each member at each look.
 */
export function watchCpu(root: number, seeing: (pid: number) => void = () => {}) {
  const seen = new Map<string, { readonly pid: number; readonly last: ProcessCpu }>();
  const how = process.platform === 'linux' ? 'exact' : 'estimated';
  const start: CpuSample = { atMs: performance.now(), waitedMs: 0, usedMs: 0, busyMs: machineBusyMs(), how };
  let last = start;
  /** Where the span began, and what was waited since. */
  let [began, sinceMs] = [start, 0];

  /** The pid of a member that has ended may meanwhile be somebody else's. */
  const isAnother = (pid: number, { startedAt }: ProcessCpu): boolean =>
    !seen.has(`${pid} ${startedAt}`) && [...seen.values()].some((member) => member.pid === pid);

  /** What the tree's members waited since the last look, in milliseconds. */
  const look = (): number => {
    let waitedMs = 0;
    const pids = new Set([root, ...[...seen.values()].map(({ pid }) => pid)]);
    for (const pid of pids) {
      const now = processCpu(pid);
      if (!now || isAnother(pid, now)) continue;
      seeing(pid);
      const key = `${pid} ${now.startedAt}`;
      const before = seen.get(key)?.last.waitedMs;
      waitedMs += Math.max(0, ...[...now.waitedMs].map(([thread, ms]) => ms - (before?.get(thread) ?? 0)));
      seen.set(key, { pid, last: now });
      for (const child of now.children) pids.add(child);
    }
    return waitedMs;
  };

  /** An ended child is in its own last figure and, once waited for, in its parent's: the larger of the two sums counts it once. */
  const usedByTreeMs = (): number => {
    const members = [...seen.values()].map((member) => member.last);
    return Math.max(members.reduce((sum, { ownMs }) => sum + ownMs, 0), ...members.map(({ withEndedMs }) => withEndedMs));
  };

  /** Reads now. Cheap enough for every look of a wait: it reads four times a second at most unless `now` is said. */
  const sample = (when: 'now' | 'when due' = 'now'): CpuSample => {
    const atMs = performance.now();
    const span = atMs - last.atMs;
    if (when === 'when due' && span < lookEveryMs) return last;
    const busyMs = machineBusyMs();
    const waited = how === 'exact' ? look() : span * estimatedShare((busyMs - last.busyMs) / span, availableParallelism());
    sinceMs += waited;
    last = { atMs, waitedMs: began.waitedMs + Math.min(atMs - began.atMs, sinceMs), usedMs: usedByTreeMs(), busyMs, how };
    if (atMs - began.atMs >= spanMs) [began, sinceMs] = [last, 0];
    return last;
  };

  return {
    sample,
    /** From the start of the launch until now. */
    use: (): CpuUse => useBetween(start, sample()),
    /** For a wait that begins now: what of it was spent waiting for a CPU that others had. */
    stretch(): () => Stretch {
      const from = sample();
      return () => {
        const use = useBetween(from, sample('when due'));
        return { ms: excusedMs(use), why: waitedSentence(use) };
      };
    },
  };
}
