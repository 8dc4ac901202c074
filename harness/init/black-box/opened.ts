import { realpathSync, statSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { identify } from '../../runtimes/identify.ts';
import type { Release } from './release.ts';

/** A call that opened something, and the path that belongs to the descriptor. */
const openings = /^(?:\d+ +)?(?:openat2?\(|open\(|<\.\.\. open\w* resumed>).* = \d+<([^>]+)>$/gm;

/**
 * The files below an executable's folder that a launch of it opened, as its trace has them (strace, with paths of descriptors); where it
 * opened several in one folder, that folder. What its runtime put beside it belongs to it anyway.
 */
export async function openedBeside(trace: string, { file, isFolder }: Release): Promise<string[]> {
  if (isFolder) return [];
  const program = realpathSync(file);
  const { beside = [] } = await identify(program);
  if (beside.some((name) => /^(?:\.|\.\.\/\.\.)$/.test(name))) return [];
  const folder = `${dirname(program)}${sep}`;
  const opened = [...trace.matchAll(openings)].flatMap(([, path = '']) => (
    path.startsWith(folder) && path !== program && isFile(path) ? relative(folder, path) : []));
  const own = [...new Set(opened)].filter((name) => !beside.some((known) => name === known || name.startsWith(`${known}/`)));
  const folders = Map.groupBy(own, (name) => name.split(sep, 1)[0] ?? name);
  return [...folders].map(([first, names]) => (names.length > 1 ? first : names[0] ?? first)).toSorted();
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
