import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { refusalOf, type Refusal } from './regular-file.ts';

/** A folder of reports holds a handful of platforms; a home folder by mistake holds more. */
const folderLimit = 1_000;

/**
 * The report.json files that a path leads to: itself, the one in it, or those in its folders (hidden ones are runs that have not
 * ended). A file is returned whatever it holds.
 */
export async function findReports(path: string): Promise<readonly string[] | Refusal> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    if (await exists(join(path, 'report.json'))) return [join(path, 'report.json')];
    const entries = await readdir(path);
    if (entries.length > folderLimit) return { refused: 'unreadable', why: `it holds more than ${folderLimit} entries and is no folder ` +
      'of reports' };
    const files = entries.filter((name) => !name.startsWith('.')).toSorted().map((name) => join(path, name, 'report.json'));
    const found = await Promise.all(files.map(exists));
    const reports = files.filter((_, index) => found[index]);
    return reports.length > 0 ? reports : { refused: 'missing', why: 'it holds no report.json, neither itself nor in a folder in it' };
  } catch (error) {
    return refusalOf(error);
  }
}

async function exists(file: string): Promise<boolean> {
  // A broken link is a report that cannot be read, not a report that is not there.
  return await lstat(file).then(
    () => true,
    () => false,
  );
}
