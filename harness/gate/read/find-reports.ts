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
 * report that nobody reads may be the one that counts. Links are told too: what they lead to may be another file by the time it ships.
 */
export async function findReports(path: string): Promise<readonly Found[] | Refusal> {
  try {
    const isLink = (await lstat(path)).isSymbolicLink();
    const isFolder = (await stat(path)).isDirectory();
    if (isLink) return { refused: 'unreadable', why: 'it is a link; name what it leads to' };
    if (!isFolder) return [{ file: path }];
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
    found.push(...own.map((entry) => reportAt(join(folder.path, entry.name), entry, folder, isOfOne)));
    for (const entry of listed) {
      // Evidence is what a worker wrote, and may be called anything.
      if (own.length > 0 && entry.name === 'evidence') continue;
      const [path, isHidden] = [join(folder.path, entry.name), folder.isHidden || entry.name.startsWith('.')];
      if (entry.isDirectory()) waiting.push({ path, depth: folder.depth + 1, isHidden });
      if (!(await isLinkToReport(entry, path))) continue;
      found.push({ file: join(path, reportName), misplaced: 'its folder is a link; put the folder itself there' });
    }
  }
  return found;
}

async function isLinkToReport(entry: Dirent, path: string): Promise<boolean> {
  return entry.isSymbolicLink() && (await lstat(join(path, reportName)).then(() => true, () => false));
}

function reportAt(file: string, entry: Dirent, { depth, isHidden }: Folder, isOfOne: boolean): Found {
  const { name } = entry;
  if (entry.isSymbolicLink()) return { file, misplaced: 'it is a link; put the file itself there' };
  if (isHidden) return { file, misplaced: 'it lies in a hidden folder, as that of a run which has not ended; wait for it, or remove that' };
  if (name !== reportName) return { file, misplaced: `it is called ${name}; a report is called ${reportName}` };
  if (depth > (isOfOne ? 0 : 1)) return { file, misplaced: isOfOne
    ? 'it lies below the folder of another report' : 'it lies deeper than in a folder of its platform' };
  return { file };
}
