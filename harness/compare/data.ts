import { relative } from 'node:path';
import type { Closure } from '../baseline/closure/closure.ts';
import type { FrozenBundle } from '../bundle/bundle.ts';
import type { Fact } from '../diagnosis/fact.ts';

/** Where importable things of the baseline lie: its site-packages, and the project with whatever else is on its path. */
export type Folders = { readonly packageFolders: readonly string[]; readonly sourceFolders: readonly string[] };

/**
 * Data files that the baseline opened beside its code and that the executable does not hold (BC-04). Metadata of distributions have checks of their
 * own; files whose path has a part that begins with a dot, such as .env, belong to the place where a program runs.
 */
export function missingData(bundle: FrozenBundle, closure: Closure, { packageFolders, sourceFolders }: Folders): Fact[] {
  const held = new Set(bundle.entries.map(({ name }) => name));
  const missing = new Map<string, string[]>();
  const importers = new Map<string, string>();
  for (const { path, importer } of closure.files) {
    const file = insideOf([...packageFolders, ...sourceFolders], path);
    if (file === undefined || held.has(file) || file.split('/').some((part) => part.startsWith('.') || /\.(dist|egg)-info$/.test(part))) continue;
    const owner = file.includes('/') ? (file.split('/')[0] ?? file) : file;
    missing.set(owner, [...(missing.get(owner) ?? []), file]);
    if (importer && !importers.has(owner)) importers.set(owner, importer);
  }
  return Array.from(missing, ([owner, files]): Fact => {
    const importer = importers.get(owner);
    return {
      kind: 'missing-data',
      args: { file: files[0] ?? owner, files: files.join(', '), package: owner, ...(importer && { importer }) },
      line: `${files.join(', ')}: opened by the baseline${importer ? `, first by ${importer}` : ''}; not in the executable`,
      names: files.map((file) => `file:${file}`),
    };
  });
}

/** The file as seen from the innermost of the folders that holds it, with `/` between its parts. */
function insideOf(folders: readonly string[], path: string): string | undefined {
  const inside = folders.map((folder) => relative(folder, path).replaceAll('\\', '/')).filter((each) => each !== '' && !each.startsWith('../') && !/^([A-Za-z]:)?\//.test(each));
  return inside.toSorted((a, b) => a.length - b.length)[0];
}
