import { relative } from 'node:path';

/** The file as seen from the innermost of the folders that holds it, with `/` between its parts. */
export function insideOf(folders: readonly string[], path: string): string | undefined {
  return seenFrom(folders, path)[0];
}

/** The file as seen from each of the folders that holds it, from the innermost one first. */
export function seenFrom(folders: readonly string[], path: string): string[] {
  const inside = folders.map((folder) => relative(folder, path).replaceAll('\\', '/')).filter(
    (each) => each !== '' && !each.startsWith('../') && !/^([A-Za-z]:)?\//.test(each),
  );
  return [...new Set(inside)].toSorted((a, b) => a.length - b.length);
}
