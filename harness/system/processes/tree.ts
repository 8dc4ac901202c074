import { confirmed } from './confirmed.ts';
import type { Mark } from './marks.ts';
import { keyOf, type ProcessEntry } from './process-entry.ts';
import { withDescendants } from './process-table.ts';
import { commandOf } from './process-table-linux.ts';
import { reap } from './reaper.ts';
import { survey } from './survey.ts';

export type ProcessTree = ReturnType<typeof treeOf>;

/** The kernel's USER_HZ: 100 on every architecture of Linux that Node runs on. */
const tickMs = 10;

/** A chain of parents is told so far. */
const longestChain = 10;

/**
 * The process tree of one launch. A process belongs to it when it carries the launch's mark, descends from a member or is in the launch's
 * process group or session; once seen it stays a member.
 */
export function treeOf(root: number, mark: Mark) {
  /** Every member as it was last seen, with the parent that it had first. */
  const seen = new Map<number, ProcessEntry>();
  /** Every command line that was seen of a member. */
  const commands = new Set<string>();
  /** Processes that do not carry the mark: only a child of a member, or our own, gets it later. */
  const foreign = new Set<string>();
  const isOwn = ({ pid, parentPid, groupId, sessionId, startedAt }: ProcessEntry): boolean => {
    if (seen.get(pid)?.startedAt === startedAt) return true;
    // Our own child, because the pid of a reaped one may meanwhile belong to anybody.
    if (pid === root) return parentPid === process.pid;
    // A group outlives its leader, and so does a session; once that was seen to be ours, so is every member.
    return (groupId === root || sessionId === root) && seen.has(root);
  };
  const isFresh = (entry: ProcessEntry): boolean => entry.pid !== process.pid && !isOwn(entry) && !foreign.has(keyOf(entry));
  /** The members that are alive at one look, parents before children; zombies are dead. */
  const look = (): ProcessEntry[] => {
    const { table, marked } = survey([mark], isFresh);
    for (const entry of table) if (isFresh(entry) && !marked.has(entry.pid)) foreign.add(keyOf(entry));
    const members = withDescendants(table, table.filter((entry) => isOwn(entry) || marked.has(entry.pid)));
    const all = [...members.values()].map((entry) => ({ ...entry }));
    for (const entry of all) {
      const before = seen.get(entry.pid);
      const known = before?.startedAt === entry.startedAt;
      // A parent that has ended has handed it on, and what has ended has no command line any more.
      if (!known || !entry.zombie) seen.set(entry.pid, known ? { ...entry, parentPid: before.parentPid } : entry);
    }
    const living = all.filter(({ zombie }) => !zombie);
    for (const { command } of living) commands.add(command);
    // Handed to this process when its parent ended; a child of Node's own is reaped by Node.
    for (const { pid, parentPid, zombie } of all) if (zombie && parentPid === process.pid && pid !== root) reap(pid);
    return living.sort((a, b) => depth(a, members) - depth(b, members));
  };
  return {
    commands,
    /** The members that are alive now, parents before children. */
    alive: () => confirmed(look),
    /** Keeps the command line of a member as it is now. */
    note: (pid: number): void => void commands.add(commandOf(pid)),
    /** Whether a pid belongs, or ever was seen to belong, to this launch. */
    has: (pid: number): boolean => seen.has(pid) || look().some((entry) => entry.pid === pid),
    /** How long after the started process a member began, in milliseconds; undefined where nobody knows. */
    afterRootMs({ startedAt }: Pick<ProcessEntry, 'startedAt'>): number | undefined {
      const from = seen.get(root)?.startedAt;
      return process.platform === 'linux' && from !== undefined ? (Number(startedAt) - Number(from)) * tickMs : undefined;
    },
    /** From where a member came: the command lines of its parent, that one's parent and so on, as they were last seen to be its parents. */
    parentsOf({ pid }: Pick<ProcessEntry, 'pid'>): string[] {
      const parents: string[] = [];
      for (let at = seen.get(pid); at !== undefined && parents.length < longestChain; ) {
        at = at.parentPid === at.pid ? undefined : seen.get(at.parentPid);
        if (at) parents.push(`${at.pid} ${at.command}`);
      }
      return parents;
    },
  };
}

function depth(entry: ProcessEntry, members: ReadonlyMap<number, ProcessEntry>): number {
  let steps = 0;
  for (let at = members.get(entry.parentPid); at && steps < 64; at = members.get(at.parentPid)) steps += 1;
  return steps;
}
