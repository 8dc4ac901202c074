import { launchMark } from './marks.ts';
import type { ProcessEntry } from './process-entry.ts';
import { listProcesses, pidsWithEnvironment, withDescendants } from './process-table.ts';

export type ProcessTree = ReturnType<typeof treeOf>;

/**
 * The process tree of one launch. A process belongs to it when it descends from a member, is in the launch's process
 * group, or carries the launch mark in its environment (which programs that set their own title overwrite); once seen it
 * stays a member.
 */
export function treeOf(root: number, mark: string) {
  const seen = new Map<number, string>();
  /** Every command line that was seen of a member. */
  const commands = new Set<string>();
  /** Processes that do not carry the mark: only a child of a member, or our own, gets it later. */
  const foreign = new Set<string>();
  const isOwn = ({ pid, parentPid, groupId, startedAt }: ProcessEntry): boolean => {
    if (seen.get(pid) === startedAt) return true;
    // Our own child, because the pid of a reaped one may meanwhile belong to anybody.
    if (pid === root) return parentPid === process.pid;
    // A group outlives its leader; once that was seen to be ours, so is every member.
    return groupId === root && seen.has(root);
  };
  /** The members that are alive now, parents before children; zombies are dead. */
  const alive = (): ProcessEntry[] => {
    const table = listProcesses();
    const fresh = table.filter((entry) => !isOwn(entry) && !foreign.has(keyOf(entry)));
    const marked = new Set(pidsWithEnvironment(`${launchMark}=${mark}`, fresh.map(({ pid }) => pid)));
    for (const entry of fresh) if (!marked.has(entry.pid)) foreign.add(keyOf(entry));
    const members = withDescendants(table, table.filter((entry) => isOwn(entry) || marked.has(entry.pid)));
    const living = [...members.values()].filter((entry) => !entry.zombie).map((entry) => ({ ...entry }));
    for (const { pid, startedAt } of members.values()) seen.set(pid, startedAt);
    for (const { command } of living) commands.add(command);
    return living.sort((a, b) => depth(a, members) - depth(b, members));
  };
  return {
    commands, alive,
    /** Whether a pid belongs, or ever was seen to belong, to this launch. */
    has: (pid: number): boolean => seen.has(pid) || alive().some((entry) => entry.pid === pid),
  };
}

const keyOf = ({ pid, startedAt }: ProcessEntry): string => `${pid} ${startedAt}`;

function depth(entry: ProcessEntry, members: ReadonlyMap<number, ProcessEntry>): number {
  let steps = 0;
  for (let at = members.get(entry.parentPid); at && steps < 64; at = members.get(at.parentPid)) steps += 1;
  return steps;
}
