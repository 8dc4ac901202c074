import { closeSync, constants, lstatSync, openSync, readdirSync, renameSync, rmSync, type Stats } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { entriesOf } from './launch/room.ts';
import { plainName } from './plain-name.ts';

/** Something below a folder. */
export type TreeEntry = {
  readonly path: string;
  /** The same for the system, which takes no path of more than 4,096 bytes: until the next entry is asked for. */
  readonly reach: string;
  readonly stat: Stats;
};

/** In bytes; below what a system takes (Linux 4,096, macOS 1,024) with a name of 255 behind it. */
const longestPath = process.platform === 'linux' ? 3_500 : 700;

const isLong = (path: string): boolean => Buffer.byteLength(path) > longestPath;

type Level = { readonly path: string; readonly reach: string; readonly names: string[]; readonly opened: number | undefined };

/** Linux names an open folder by its number, see proc(5). */
function enter(path: string, way: string): Level {
  const isFar = process.platform === 'linux' && isLong(way);
  const opened = isFar ? openSync(way, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW) : undefined;
  const reach = opened === undefined ? way : `/proc/self/fd/${opened}`;
  return { path, reach, names: entriesOf(reach).toReversed(), opened };
}

/**
 * Everything below a folder, links not followed, folders before what is in them; what vanishes meanwhile is left out. However deep it is:
 * a process that goes down step by step makes folders that no path can name.
 */
export function* entriesBelow(folder: string): Generator<TreeEntry> {
  const levels = [enter(folder, folder)];
  try {
    for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
      const name = level.names.pop();
      if (name === undefined) {
        leave(level);
        levels.pop();
        continue;
      }
      const entry = { path: `${level.path}${sep}${name}`, reach: `${level.reach}${sep}${name}` };
      const stat = lstatSync(entry.reach, { throwIfNoEntry: false });
      if (stat === undefined) continue;
      yield { ...entry, stat };
      if (stat.isDirectory()) levels.push(enter(entry.path, entry.reach));
    }
  } finally {
    levels.forEach(leave);
  }
}

function leave({ opened }: Level): void {
  if (opened !== undefined) closeSync(opened);
}

/** The bytes of all files below a folder. */
export function sizeOfTree(folder: string): number {
  let bytes = 0;
  for (const { stat } of entriesBelow(folder)) if (!stat.isDirectory()) bytes += stat.size;
  return bytes;
}

const wholly = { recursive: true, force: true, maxRetries: 5, retryDelay: 50 } as const;

/** Removes a folder and all below it, however deep; nothing where there is none. */
export async function removeTree(folder: string): Promise<void> {
  await rm(folder, wholly).catch((error: unknown) => {
    if (!isTooDeep(error)) throw error;
    removeTreeSync(folder);
  });
}

/** The same at once. */
export function removeTreeSync(folder: string): void {
  try {
    rmSync(folder, wholly);
  } catch (error) {
    if (!isTooDeep(error)) throw error;
    flatten(folder);
    rmSync(folder, wholly);
  }
}

/** ENOTEMPTY is what the system's own remover says where it has given up on the inside. */
function isTooDeep(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENAMETOOLONG' || error.code === 'ENOTEMPTY');
}

/** Moves folders that lie deep up to the first level, until every path is short. */
function flatten(root: string): void {
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const path = join(folder, entry.name);
      const short = isLong(path) ? join(root, plainName()) : path;
      if (short !== path) renameSync(path, short);
      waiting.push(short);
    }
  }
}
