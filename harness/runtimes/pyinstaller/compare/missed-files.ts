import { statSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import type { Survey } from '../../../baselines/survey/survey.ts';
import type { Observation } from '../../../model/observation.ts';
import type { FrozenBundle } from '../../bundle.ts';
import { isLibraryName } from '../roles.ts';
import { someOf } from './told.ts';

const shown = 8;
/** Where a one-file executable unpacks itself. */
const unpacked = /[\\/]_MEI[^\\/]+[\\/](.+)$/;

/**
 * Files that the executable asked its system for where it unpacks itself, and that were not there, although they lie in that place of the
 * source (BC-04), as a doubt: it may do without. So what native code opens is seen too, of which Python tells nothing. One fact for each
 * package, and one for its libraries.
 */
export function missedFiles(
  bundle: FrozenBundle, missed: readonly string[], { sourceFolders, packageFolders }: Pick<Survey, 'sourceFolders' | 'packageFolders'>,
): Observation[] {
  const held = new Set([...bundle.entries, ...bundle.links].map(({ name }) => name));
  const placeIn = placesOf(bundle);
  const files = new Set(missed.flatMap((path) => placeIn(path) ?? []).filter((file) => !held.has(file) && !/\.pyc?$/.test(file) && (
    [...sourceFolders, ...packageFolders].some((folder) => isFile(join(folder, file)))
  )));
  const facts = Map.groupBy(files, (file) => `${isLibraryName(file)} ${file.includes('/') ? file.split('/', 1)[0] : file}`);
  return Array.from(facts.values(), (group): Observation => {
    const [first = ''] = group;
    const owner = posix.dirname(first) === '.' ? undefined : first.split('/', 1)[0];
    const names = group.join(', ');
    return {
      kind: 'missed-file', names: group.map((file) => `file:${file}`),
      args: { ...(isLibraryName(first) ? { libraries: names } : { file: first, files: names }), ...(owner && { package: owner }) },
      line: `${someOf(group, shown)}: asked for where the executable unpacks itself, and not there`,
    };
  });
}

/** Where in the bundle a path of a running copy of it lies; undefined for what lies elsewhere. */
function placesOf({ kind, file, contentsFolder = '.' }: FrozenBundle): (path: string) => string | undefined {
  if (kind === 'one-file') return (path) => unpacked.exec(path)?.[1]?.replaceAll('\\', '/');
  const folder = `${resolve(dirname(file), contentsFolder)}/`;
  return (path) => (path.startsWith(folder) ? path.slice(folder.length) : undefined);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
