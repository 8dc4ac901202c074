import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { entriesOf } from '../../harness/system/launch/room.ts';

/** What builds and interpreters write beside a project's own files, at any time. */
const foreign = new Set(['.venv', '__pycache__', 'build', 'dist', '.build.lock']);

/** Every file, folder and link below these folders, with what changes when it does. */
export function filesBelow(folders: readonly string[]): Map<string, string> {
  return new Map(folders.flatMap((folder) => below(folder)));
}

function below(folder: string): [string, string][] {
  return entriesOf(folder).filter((name) => !foreign.has(name)).flatMap((name): [string, string][] => {
    const path = join(folder, name);
    const stat = statOf(path);
    if (stat === undefined) return [];
    return stat.isDirectory() ? [[path, 'folder'], ...below(path)] : [[path, `${stat.mode} ${stat.size} ${stat.mtimeMs}`]];
  });
}

/** What is new, changed or gone, by name. */
export function changes(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [
    ...[...after].flatMap(([path, now]) => {
      const then = before.get(path);
      return then === undefined ? `${path} is new` : then === now ? [] : `${path} has changed`;
    }),
    ...[...before.keys()].filter((path) => !after.has(path)).map((path) => `${path} is gone`),
  ];
}

/** The group of a file; undefined when it is gone. */
export function groupOf(path: string): number | undefined {
  return statOf(path)?.gid;
}

/** Where a link leads; nothing when it is none, or gone. */
export function linkOf(path: string): string[] {
  try {
    return [readlinkSync(path)];
  } catch {
    return [];
  }
}

function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
