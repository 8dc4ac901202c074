import { availableParallelism } from 'node:os';
import type { Stretch } from '../wait.ts';
import { processCpu, type ProcessCpu } from './cpu-linux.ts';
import { excusedMs, useBetween, waitedSentence, type CpuSample, type CpuUse } from './cpu-use.ts';
import { estimatedShare, machineBusyMs } from './machine-load.ts';

/** A process that ends between two looks takes with it what it waited since the first: 1 ms of CPU four times a second is little. */
const lookEveryMs = 250;

/**
 * What the process tree of one launch waits for a CPU and uses, over its whole life. Ended processes count with what was last seen of
 * them. Of the threads of one process the one that waited longest counts, of a span no more than its length: others wait beside it.
 * On Linux exact; elsewhere an estimate, and the sample says so.
 */
export class CpuWait {
  readonly #root: number;
  readonly #seen = new Map<string, { readonly pid: number; last: ProcessCpu }>();
  readonly #start: CpuSample;
  #last: CpuSample;

  constructor(rootPid: number) {
    this.#root = rootPid;
    const how = process.platform === 'linux' ? 'exact' : 'estimated';
    this.#start = this.#last = { atMs: performance.now(), waitedMs: 0, usedMs: 0, busyMs: machineBusyMs(), how };
  }

  /** Reads now. Cheap enough for every look of a wait: it reads four times a second at most unless `now` is said. */
  sample(when: 'now' | 'when due' = 'now'): CpuSample {
    const { atMs, waitedMs, busyMs, how } = this.#last;
    const nowMs = performance.now();
    if (when === 'when due' && nowMs - atMs < lookEveryMs) return this.#last;
    const span = nowMs - atMs;
    const busyNowMs = machineBusyMs();
    const waited = how === 'exact' ? this.#look() : span * estimatedShare((busyNowMs - busyMs) / span, availableParallelism());
    this.#last = { atMs: nowMs, waitedMs: waitedMs + Math.min(span, waited), usedMs: this.#usedMs(), busyMs: busyNowMs, how };
    return this.#last;
  }

  /** From the start of the launch until now. */
  use(): CpuUse {
    return useBetween(this.#start, this.sample());
  }

  /** For a wait that begins now: what of it was spent waiting for a CPU that others had. */
  stretch(): () => Stretch {
    const from = this.sample();
    return () => {
      const use = useBetween(from, this.sample('when due'));
      return { ms: excusedMs(use), why: waitedSentence(use) };
    };
  }

  /** What the tree's members waited since the last look, in milliseconds. */
  #look(): number {
    let waitedMs = 0;
    const pids = new Set([this.#root, ...[...this.#seen.values()].map(({ pid }) => pid)]);
    for (const pid of pids) {
      const now = processCpu(pid);
      if (!now || this.#isAnother(pid, now)) continue;
      const key = `${pid} ${now.startedAt}`;
      const before = this.#seen.get(key)?.last.waitedMs;
      waitedMs += Math.max(0, ...[...now.waitedMs].map(([thread, ms]) => ms - (before?.get(thread) ?? 0)));
      this.#seen.set(key, { pid, last: now });
      for (const child of now.children) pids.add(child);
    }
    return waitedMs;
  }

  /** The pid of a member that has ended may meanwhile be somebody else's. */
  #isAnother(pid: number, { startedAt }: ProcessCpu): boolean {
    return !this.#seen.has(`${pid} ${startedAt}`) && [...this.#seen.values()].some((member) => member.pid === pid);
  }

  /** An ended child is in its own last figure and, once waited for, in its parent's: the larger of the two sums counts it once. */
  #usedMs(): number {
    const members = [...this.#seen.values()].map(({ last }) => last);
    const own = members.reduce((sum, { ownMs }) => sum + ownMs, 0);
    return Math.max(own, ...members.map(({ withEndedMs }) => withEndedMs));
  }
}
