import { launchMark } from './marks.ts';
import type { ProcessEntry } from './process-entry.ts';
import { listProcesses, pidsWithEnvironment, withDescendants } from './process-table.ts';

/**
 * The process tree of one launch. A process belongs to it when it descends from a member, is in the launch's process
 * group, or carries the launch mark in its environment (which programs that set their own title overwrite); once seen it
 * stays a member.
 */
export class ProcessTree {
  readonly #root: number;
  readonly #mark: string;
  readonly #seen = new Map<number, string>();
  /** Every command line that was seen of a member. */
  readonly commands = new Set<string>();

  constructor(rootPid: number, mark: string) {
    this.#root = rootPid;
    this.#mark = mark;
  }

  /** The members that are alive now, parents before children; zombies are dead. */
  alive(): ProcessEntry[] {
    const table = listProcesses();
    const marked = new Set(pidsWithEnvironment(`${launchMark}=${this.#mark}`));
    const own = table.filter((entry) => {
      const known = this.#seen.get(entry.pid) === entry.startedAt;
      // Our own child, because the pid of a reaped one may meanwhile belong to anybody.
      const root = entry.pid === this.#root && entry.parentPid === process.pid;
      return known || root || marked.has(entry.pid) || this.#isInGroup(entry);
    });
    const members = withDescendants(table, own);
    for (const entry of members.values()) {
      this.#seen.set(entry.pid, entry.startedAt);
      this.commands.add(entry.command);
    }
    return [...members.values()].filter((entry) => !entry.zombie).sort((a, b) => depth(a, members) - depth(b, members));
  }

  /** A group outlives its leader; once that was seen to be ours, so is every member. */
  #isInGroup({ pid, groupId }: ProcessEntry): boolean {
    return groupId === this.#root && pid !== this.#root && this.#seen.has(this.#root);
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
