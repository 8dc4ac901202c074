import { availableParallelism } from 'node:os';
import type { Stretch } from '../wait.ts';
import { processCpu, type ProcessCpu } from './cpu-linux.ts';
import { excusedMs, useBetween, waitedSentence, type CpuSample, type CpuUse } from './cpu-use.ts';
import { estimatedShare, machineBusyMs } from './machine-load.ts';

/** A process that ends between two looks takes with it what it waited since the first: 1 ms of CPU four times a second is little. */
const lookEveryMs = 250;

/**
 * The kernel counts a wait when it is over, all of it at once, and threads wait in turn: what is waited is held against spans that are
 * longer than one wait, and the threads of a process against each other over a whole span, however often it is looked at.
 */
const spanMs = 1_000;

/** A process of the tree, with what its threads had waited when the span began, and the longest that one of them has waited since. */
type Member = { readonly pid: number; readonly last: ProcessCpu; readonly began: ProcessCpu['waitedMs']; readonly sinceMs: number };

export type CpuWait = ReturnType<typeof watchCpu>;

/**
 * What the process tree of one launch waits for a CPU and uses, over its whole life. Ended processes count with what was last seen of
 * them. Of the threads of one process the one that waited longest counts, of a span no more than its length: others wait beside it.
 * On Linux exact; elsewhere an estimate, and the sample says so. There `seeing` is told of each member at each look.
 */
export function watchCpu(root: number, seeing: (pid: number) => void = () => {}) {
  const seen = new Map<string, Member>();
  const how = process.platform === 'linux' ? 'exact' : 'estimated';
  const start: CpuSample = { atMs: performance.now(), waitedMs: 0, usedMs: 0, busyMs: machineBusyMs(), how };
  let last = start;
  let began = start;
  let estimatedMs = 0;

  /** The pid of a member that has ended may meanwhile be somebody else's. */
  const isAnother = (pid: number, { startedAt }: ProcessCpu): boolean =>
    !seen.has(`${pid} ${startedAt}`) && [...seen.values()].some((member) => member.pid === pid);

  /** What the tree's members have waited since the span began, in milliseconds. */
  const look = (): number => {
    const pids = new Set([root, ...[...seen.values()].map(({ pid }) => pid)]);
    for (const pid of pids) {
      const now = processCpu(pid);
      if (!now || isAnother(pid, now)) continue;
      seeing(pid);
      const key = `${pid} ${now.startedAt}`;
      const known = seen.get(key) ?? { began: new Map<string, number>(), sinceMs: 0 };
      const waits = [...now.waitedMs].map(([thread, ms]) => ms - (known.began.get(thread) ?? 0));
      seen.set(key, { pid, last: now, began: known.began, sinceMs: Math.max(known.sinceMs, ...waits) });
      for (const child of now.children) pids.add(child);
    }
    return [...seen.values()].reduce((sum, { sinceMs }) => sum + sinceMs, 0);
  };

  const beginSpan = (at: CpuSample): void => {
    began = at;
    estimatedMs = 0;
    for (const [key, member] of seen) seen.set(key, { ...member, began: member.last.waitedMs, sinceMs: 0 });
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
    if (how === 'estimated') estimatedMs += span * estimatedShare((busyMs - last.busyMs) / span, availableParallelism());
    const sinceMs = how === 'exact' ? look() : estimatedMs;
    last = { atMs, waitedMs: began.waitedMs + Math.min(atMs - began.atMs, sinceMs), usedMs: usedByTreeMs(), busyMs, how };
    if (atMs - began.atMs >= spanMs) beginSpan(last);
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
