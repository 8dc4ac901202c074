import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Closure, OpenedFile } from '../../../baselines/recorder/closure.ts';

/** A list that is longer is no list of files that somebody wants to read in a remedy. */
const most = 50;

/** What the import system reads by itself, and what nobody ships. */
const noData = /^(?:\.|__pycache__$)|\.(?:pyc?|pyi|so|pyd|dll|dylib)$/;

/**
 * The data files in folders that a program looks into by their files, whether or not it opens them; those of a folder that cannot be read
 * any more are passed over.
 */
export function listedFiles({ listings }: Pick<Closure, 'listings'>): readonly OpenedFile[] {
  return listings.filter(({ by }) => by === 'files').flatMap(({ path, importer }): OpenedFile[] => {
    const files = filesIn(path).filter((name) => !noData.test(name));
    return files.length > most ? [] : files.map((name) => ({ path: join(path, name), importer }));
  });
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch {
    return [];
  }
}
