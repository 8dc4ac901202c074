import { seconds } from '../wait.ts';
import { linkOf, socketsOf } from './sockets-linux.ts';
import type { ProcessEntry } from './process-entry.ts';

/** A process that outlived what started it, with what tells who it is. */
export type Survivor = ProcessEntry & {
  /** The file that it runs, which its command line need not name; undefined where the system does not tell. */
  readonly executable: string | undefined;
  /** Its parent, that one's parent and so on, as last seen: pid and command line. */
  readonly parents: readonly string[];
  /** How long after the worker it began, in milliseconds; undefined where nobody knows. */
  readonly afterMs: number | undefined;
  readonly listening: readonly string[];
  readonly connected: readonly string[];
};

/** Looks at a process while it is still there. */
export function survivorOf(entry: ProcessEntry, { parents, afterMs }: Pick<Survivor, 'parents' | 'afterMs'>): Survivor {
  const onLinux = process.platform === 'linux';
  const sockets = onLinux ? socketsOf(entry.pid) : { listening: [], connected: [] };
  return { ...entry, parents, afterMs, executable: (onLinux && linkOf(`/proc/${entry.pid}/exe`)) || undefined, ...sockets };
}

/** One line: pid, command and file, sockets, and from where it came. */
export function survivorLine({ pid, command, executable, parents, afterMs, listening, connected }: Survivor): string {
  return [
    `${pid} ${command}`,
    ...(executable === undefined || command.startsWith(executable) ? [] : [`runs ${executable}`]),
    ...(listening.length > 0 ? [`listens on ${listening.join(', ')}`] : []),
    ...(connected.length > 0 ? [`connected to ${connected.join(', ')}`] : []),
    ...(afterMs === undefined ? [] : [`began ${seconds(afterMs)} after its worker`]),
    parents.length > 0 ? `started by ${parents.join(', which was started by ')}` : 'its parent was gone before it was seen',
  ].join('; ');
}
