import { libc } from './libc-linux.ts';
import type { Mark } from './marks.ts';
import type { ProcessEntry } from './process-entry.ts';
import { withDescendants } from './process-table.ts';
import { survey } from './survey.ts';

/** PR_SET_CHILD_SUBREAPER of prctl(2). */
const setChildSubreaper = 36;

/** Whether orphans can be handed to this process. */
export const canReap: boolean = libc !== undefined;

/** Orphans below this process are handed to it from now on and not to init; false where the system has no such thing. */
export function becomeReaper(): boolean {
  return libc?.control(setChildSubreaper, 1) === 0;
}

/** Nothing that is started from now on inherits a descriptor that this process was started with: a shell or a CI leaves some open. */
export function keepDescriptors(): void {
  libc?.closeOnExec(3);
}

/** What is known of a run, so that what was handed to this process can be told from what it has started itself. */
export type Known = { readonly marks: readonly Mark[]; readonly pids: readonly number[] };

/**
 * Living orphans that were handed to this process and carry no mark of a launch that still runs, with their descendants. A launch begins a
 * session of its own, and no process can go back into that of this one: what is in another session and was not noted came from a launch
 * that has ended, or has taken off its marks. Those that have ended are reaped. A session that began outside this PID namespace is told
 * as 0 (pid_namespaces(7)), and is this process's own all the same.
 */
export function strays({ marks, pids }: Known): ProcessEntry[] {
  const { table, marked } = survey(marks, ({ parentPid }) => parentPid === process.pid);
  const own = table.find(({ pid }) => pid === process.pid)?.sessionId;
  const handed = !canReap ? [] : table.filter(({ pid, parentPid, sessionId }) => (
    parentPid === process.pid && sessionId !== own && !pids.includes(pid)
  ));
  for (const { pid, zombie } of handed) if (zombie) reap(pid);
  const found = withDescendants(table, handed.filter(({ pid }) => !marked.has(pid)));
  return [...found.values()].filter(({ zombie }) => !zombie).map((entry) => ({ ...entry }));
}

/** Takes the exit code of an orphan that was handed to this process and has ended, so that its pid is free again. */
export function reap(pid: number): void {
  libc?.reap(pid);
}
