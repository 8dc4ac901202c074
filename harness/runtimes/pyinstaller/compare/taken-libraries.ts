import { posix } from 'node:path';
import type { Closure } from '../../../baselines/recorder/closure.ts';
import type { Survey } from '../../../baselines/survey/survey.ts';
import type { Observation } from '../../../model/observation.ts';
import type { FrozenBundle } from '../../bundle.ts';
import { isLibraryName } from '../roles.ts';
import { insideOf } from './seen-from.ts';

/**
 * Libraries that the baseline loads by their path, as `ctypes` does, and that the executable does not hold where the code looks (BC-04). A
 * library of that name at the top of the bundle will do: there PyInstaller's ctypes looks, too.
 */
export function missingLibraries(
  bundle: FrozenBundle, closure: Closure, { packageFolders, sourceFolders }: Pick<Survey, 'packageFolders' | 'sourceFolders'>,
): Observation[] {
  const held = new Set([...bundle.entries, ...bundle.links].map(({ name }) => name));
  const missing = new Map<string, { readonly files: string[]; readonly importer: string | undefined }>();
  for (const { path, link = path, importer, use } of closure.files) {
    if (use !== 'native' || !isLibraryName(path)) continue;
    const file = insideOf(packageFolders, link) ?? insideOf(sourceFolders, link) ?? insideOf([...packageFolders, ...sourceFolders], path);
    if (file === undefined || held.has(file) || held.has(posix.basename(file))) continue;
    const owner = posix.dirname(file).split('/', 1)[0] ?? '';
    const known = missing.get(owner);
    missing.set(owner, { files: [...(known?.files ?? []), file], importer: known?.importer ?? importer });
  }
  return Array.from(missing, ([owner, { files, importer }]): Observation => ({
    kind: 'missing-library',
    args: { libraries: files.join(', '), ...(owner !== '.' && { package: owner }), ...(importer && { importer }) },
    line: `${files.join(', ')}: loaded by the baseline${importer ? `, first by ${importer}` : ''}; not in the executable`,
    names: [...files, ...files.map((file) => posix.dirname(file))].map((each) => `file:${each}`),
  }));
}
