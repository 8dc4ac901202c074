import { launchMark } from './marks.ts';
import { listProcesses, pidsWithEnvironment, type ProcessEntry } from './process-table.ts';

/**
 * The process tree of one launch. A process belongs to it when it descends from a member, or carries the launch mark in
 * its environment; once seen it stays a member, so that an orphan which wiped its environment is still found.
 */
export class ProcessTree {
  readonly #root: number;
  readonly #mark: string;
  readonly #seen = new Map<number, string>();

  constructor(rootPid: number, mark: string) {
    this.#root = rootPid;
    this.#mark = mark;
  }

  /** The members that are alive now, parents before children; zombies are dead. */
  alive(): ProcessEntry[] {
    const table = listProcesses();
    const marked = new Set(pidsWithEnvironment(`${launchMark}=${this.#mark}`));
    const members = new Map<number, ProcessEntry>();
    for (const entry of table) {
      const known = this.#seen.get(entry.pid) === entry.startedAt;
      // Our own child, because the pid of a reaped one may meanwhile belong to anybody.
      const root = entry.pid === this.#root && entry.parentPid === process.pid;
      if (known || root || marked.has(entry.pid)) members.set(entry.pid, entry);
    }
    for (let grown = true; grown; ) {
      const children = table.filter((entry) => members.has(entry.parentPid) && !members.has(entry.pid));
      for (const child of children) members.set(child.pid, child);
      grown = children.length > 0;
    }
    for (const entry of members.values()) this.#seen.set(entry.pid, entry.startedAt);
    return [...members.values()].filter((entry) => !entry.zombie).sort((a, b) => depth(a, members) - depth(b, members));
  }

  /** Whether a pid belongs, or ever was seen to belong, to this launch. */
  has(pid: number): boolean {
    return this.#seen.has(pid) || this.alive().some((entry) => entry.pid === pid);
  }
}

function depth(entry: ProcessEntry, members: ReadonlyMap<number, ProcessEntry>): number {
  let steps = 0;
  for (let at = members.get(entry.parentPid); at && steps < 64; at = members.get(at.parentPid)) steps += 1;
  return steps;
}
