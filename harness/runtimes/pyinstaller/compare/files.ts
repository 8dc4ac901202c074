import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { normalisedName } from '../../../baselines/lock.ts';
import type { Survey } from '../../../baselines/survey/survey.ts';
import type { Observation } from '../../../model/observation.ts';
import type { Entry, FrozenBundle } from '../../bundle.ts';
import { readEntry } from '../read-entry.ts';
import { ownerOfFile } from './owner.ts';
import { atMost, plainName } from './told.ts';

const shownFiles = 20;

/** What is larger is not compared. */
const limitBytes = 64_000_000;

/**
 * Files of the bundle that have other contents than the file of the same place in the project or where its dependencies are installed
 * (BC-10). What lies there under another name is not compared, nor native code of another size: `strip` and UPX make it smaller, and on
 * macOS it is signed anew, nor what comes with distributions of `others`, which are inside in another version.
 * @throws {BundleError} when the bundle cannot be read any more.
 */
export async function otherFiles(
  bundle: FrozenBundle,
  { sourceFolders, packageFolders, distributions }: Pick<Survey, 'sourceFolders' | 'packageFolders' | 'distributions'>,
  { others, signal }: { others?: ReadonlyMap<string, string>; signal?: AbortSignal } = {},
): Promise<{ readonly compared: number; readonly observations: Observation[] }> {
  const folders = [...sourceFolders, ...packageFolders];
  const observations: Observation[] = [];
  let compared = 0;
  for (const entry of bundle.entries) {
    signal?.throwIfAborted();
    const isNative = entry.role === 'extension module' || entry.role === 'library';
    if (others?.has(normalisedName(ownerOfFile(entry.name, distributions) ?? ''))) continue;
    if ((entry.role !== 'data' && !isNative) || entry.sizeBytes > limitBytes || !isPlainPath(entry.name)) continue;
    const file = folders.map((folder) => join(folder, entry.name)).find((path) => existsSync(path));
    const found = file === undefined ? undefined : await stat(file);
    if (file === undefined || !found?.isFile() || (isNative && found.size !== entry.sizeBytes)) continue;
    compared += 1;
    if (found.size !== entry.sizeBytes || !(await readFile(file)).equals(await readEntry(bundle, entry))) observations.push(fact(entry));
  }
  return { compared, observations: atMost(shownFiles, observations) };
}

const isPlainPath = (name: string): boolean => !/^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\0/.test(name);

function fact({ name }: Entry): Observation {
  const file = plainName(name);
  return {
    kind: 'stale-source', args: { module: file, file }, names: [`file:${file}`],
    line: `${file} has other contents in the executable than the file of that name has now`,
  };
}
