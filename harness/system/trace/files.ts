import { targetOf, textOf, type Call } from './call.ts';
import { byDoer, fullPath } from './doers.ts';
import type { Trace } from './trace.ts';
import { addressIn } from './sockets.ts';

/** A path that a launch changed: in which ways, in their order, and who did it first. */
export type Change = { readonly path: string; readonly ways: readonly Way[]; readonly by: string };
export type Way = 'written' | 'made' | 'removed' | 'renamed' | 'linked';

/** The arguments in which a path stands, with that of the folder that it counts from, and what happens to it. */
type Place = readonly [way: Way, path: number, folder?: number];

const places: Readonly<{ [name: string]: readonly Place[] }> = {
  open: [['written', 0]], openat: [['written', 1, 0]], openat2: [['written', 1, 0]], creat: [['written', 0]], truncate: [['written', 0]],
  mkdir: [['made', 0]], mkdirat: [['made', 1, 0]], mknod: [['made', 0]], mknodat: [['made', 1, 0]],
  rmdir: [['removed', 0]], unlink: [['removed', 0]], unlinkat: [['removed', 1, 0]],
  rename: [['renamed', 0], ['renamed', 1]], renameat: [['renamed', 1, 0], ['renamed', 3, 2]],
  renameat2: [['renamed', 1, 0], ['renamed', 3, 2]],
  link: [['linked', 1]], linkat: [['linked', 3, 2]], symlink: [['linked', 1]], symlinkat: [['linked', 2, 1]],
};

/** Every path that a launch opened to write, made, renamed, linked or removed, where that went well; `folder` is where it was started. */
export function changesIn(trace: Pick<Trace, 'calls'>, folder: string): Change[] {
  const changes = new Map<string, { path: string; ways: Way[]; by: string }>();
  for (const [call, { command: by, folder: here }] of byDoer(trace, folder)) {
    for (const [way, path] of changed(call, here)) {
      const change = changes.get(path) ?? { path, ways: [], by };
      changes.set(path, change);
      if (change.ways.at(-1) !== way) change.ways.push(way);
    }
  }
  return [...changes.values()];
}

function changed(call: Call, here: string): (readonly [Way, string])[] {
  if (!(call.value >= 0) || (call.name.startsWith('open') && !isForWriting(call))) return [];
  const socket = call.name === 'bind' ? addressIn(call, 1) : undefined;
  if (socket?.family === 'unix' && !socket.path.startsWith('@')) return [['made', fullPath(here, socket.path)]];
  // What it opened is known whole, whatever links lead there.
  if (call.opened?.startsWith('/')) return [['written', call.opened]];
  return (places[call.name] ?? []).flatMap(([way, path, folder]): (readonly [Way, string])[] => {
    const text = textOf(call, path);
    if (text === undefined) return [];
    return [[way, fullPath((folder === undefined ? undefined : targetOf(call, folder)) ?? here, text)]];
  });
}

/** Opened with O_TMPFILE, a file has no name and is gone with its process. */
function isForWriting({ args }: Call): boolean {
  const flags = args.join(',');
  return /\bO_(?:WRONLY|RDWR|CREAT|TRUNC)\b/.test(flags) && !/\bO_(?:TMPFILE|PATH)\b/.test(flags);
}
