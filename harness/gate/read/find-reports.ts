import type { Dirent } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { refusalOf, type Refusal } from './regular-file.ts';

/** More is no folder of reports: that holds a handful of platforms, with some hundred files of evidence each. */
const entryLimit = 20_000;

/** A report, or a file that looks like one and lies where none belongs. */
export type Found = { readonly file: string; readonly misplaced?: string };

const reportName = 'report.json';

/**
 * The reports that a path leads to: itself, the one in it, or those in its folders. Whatever else is called report.json below it is told: a
 * report that nobody reads may be the one that counts.
 */
export async function findReports(path: string): Promise<readonly Found[] | Refusal> {
  try {
    if (!(await stat(path)).isDirectory()) return [{ file: path }];
    const found = await below(path);
    if ('refused' in found) return found;
    return found.length > 0 ? found : { refused: 'missing', why: 'it holds no report.json, neither itself nor in a folder in it' };
  } catch (error) {
    return refusalOf(error);
  }
}

type Folder = { readonly path: string; readonly depth: number; readonly isHidden: boolean };

async function below(top: string): Promise<readonly Found[] | Refusal> {
  const found: Found[] = [];
  const waiting: Folder[] = [{ path: top, depth: 0, isHidden: false }];
  let entries = 0;
  let isOfOne = false;
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    const listed = (await readdir(folder.path, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    entries += listed.length;
    if (entries > entryLimit) return { refused: 'unreadable', why: `it holds more than ${entryLimit} entries and is no folder of reports` };
    const own = listed.filter(({ name }) => name.toLowerCase() === reportName);
    isOfOne ||= folder.depth === 0 && own.length > 0;
    found.push(...own.map(({ name }) => reportAt(join(folder.path, name), name, folder, isOfOne)));
    for (const entry of listed) {
      // Evidence is what a worker wrote, and may be called anything.
      if (own.length > 0 && entry.name === 'evidence') continue;
      const isHidden = folder.isHidden || entry.name.startsWith('.');
      if (await leadsOn(entry, join(folder.path, entry.name), folder)) {
        waiting.push({ path: join(folder.path, entry.name), depth: folder.depth + 1, isHidden });
      }
    }
  }
  return found;
}

/** Whether it is looked into: a folder, and at the top also a link to one in which a report lies. */
async function leadsOn(entry: Dirent, path: string, { depth }: Folder): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return depth === 0 && (await lstat(join(path, reportName)).then(() => true, () => false));
}

function reportAt(file: string, name: string, { depth, isHidden }: Folder, isOfOne: boolean): Found {
  if (isHidden) return { file, misplaced: 'it lies in a hidden folder, as that of a run which has not ended; wait for it, or remove that' };
  if (name !== reportName) return { file, misplaced: `it is called ${name}; a report is called ${reportName}` };
  if (depth > (isOfOne ? 0 : 1)) return { file, misplaced: isOfOne
    ? 'it lies below the folder of another report' : 'it lies deeper than in a folder of its platform' };
  return { file };
}
