import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isUnpackedFolder } from '../runtimes/registry.ts';
import { entriesOf } from '../system/launch/room.ts';
import type { Launch } from '../system/launch/launch.ts';
import { entriesBelow } from '../system/tree.ts';

/** The files below the folders into which a running launch has unpacked itself; undefined where it has none any more, or never had. */
export function unpackedFiles({ room: { tmp } }: Launch): { readonly path: string; readonly sizeBytes: number }[] | undefined {
  const folders = entriesOf(tmp).filter(isUnpackedFolder).map((name) => join(tmp, name));
  if (folders.length === 0) return undefined;
  return folders.flatMap((folder) => Array.from(entriesBelow(folder)).filter(({ stat }) => stat.isFile()).map(({ path, stat }) => (
    { path: relative(folder, path).replaceAll(sep, '/'), sizeBytes: stat.size }
  )));
}

/** Of files that a bundle has beside its code those that lie beside the code of the project, too. */
export function keptFromSource(files: readonly string[], folders: readonly string[]): string[] {
  return files.filter((file) => folders.some((folder) => existsSync(join(folder, file))));
}
