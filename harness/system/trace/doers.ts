import { targetOf, textOf, textsIn, type Call } from './call.ts';
import type { Trace } from './trace.ts';

/** A process as a trace tells it: what it runs, and where it stands. */
export type Doer = { readonly pid: number; command: string; folder: string };

/**
 * Goes through a trace call by call and says who did each: a process runs what its parent ran until it starts a program, and stands in
 * the same folder until it changes it. Threads are their process.
 */
export function* byDoer({ calls }: Pick<Trace, 'calls'>, folder: string): Generator<readonly [Call, Doer]> {
  const parents = new Map(calls.filter(isBirth).map((call) => [call.value, { parent: call.pid, isThread: isThread(call) }]));
  const doers = new Map<number, Doer>();
  const doerOf = (pid: number, depth = 0): Doer => {
    const known = doers.get(pid);
    if (known !== undefined) return known;
    const birth = depth < 100 ? parents.get(pid) : undefined;
    const parent = birth && doerOf(birth.parent, depth + 1);
    const doer = parent && birth.isThread ? parent : { ...(parent ?? { command: 'a process', folder }), pid };
    doers.set(pid, doer);
    return doer;
  };
  for (const call of calls) {
    const doer = doerOf(call.pid);
    if (call.name === 'execve' && call.value === 0) doer.command = argumentsOf(call).join(' ') || textOf(call, 0) || doer.command;
    if (call.name === 'chdir' && call.value === 0) doer.folder = fullPath(doer.folder, textOf(call, 0) ?? '');
    if (call.name === 'fchdir' && call.value === 0) doer.folder = targetOf(call, 0) ?? doer.folder;
    yield [call, doer];
  }
}

/** The command lines of every program that was started, however short it lived. */
export function commandsIn({ calls }: Pick<Trace, 'calls'>): string[] {
  return calls.filter(({ name, value }) => name === 'execve' && value === 0).map((call) => argumentsOf(call).join(' '));
}

const argumentsOf = (call: Call): string[] => textsIn(call, 1).map(String);
const isBirth = ({ name, value }: Call): boolean => /^(?:v?fork|clone3?)$/.test(name) && value > 0;
const isThread = ({ args }: Call): boolean => args.join(',').includes('CLONE_THREAD');

/** A path from a folder, without `.` and `..`; links are not followed. */
export function fullPath(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
