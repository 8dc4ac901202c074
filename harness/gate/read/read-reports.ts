import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Report } from '../../model/report.ts';
import { shown } from '../shown.ts';
import { lookBeside, type Beside } from './beside.ts';
import { parseReport } from './parse-report.ts';
import { isRefusal, readSmallFile, refusalOf, sha256Of, type Refusal } from './regular-file.ts';

/** Far above any report: what a worker prints goes into evidence, and a report quotes sixty lines of it. */
const limitBytes = 64_000_000;

/** A folder of reports holds a handful of platforms; a home folder by mistake holds more. */
const folderLimit = 1_000;

/** A report as it was read. */
export type ReadReport = {
  /** As the user would write it. */
  readonly file: string;
  /** Of the bytes of report.json. */
  readonly sha256: string;
  readonly report: Report;
  readonly beside: Beside;
};

/** Where the gate stands: the folder of its decision, and a path as the user would write it. */
export type Place = { readonly gateFolder: string; readonly shownPath: (path: string) => string };

/** A path that gave no report: one sentence without a full stop about `file`. */
export type Unread = { readonly kind: 'missing' | 'unreadable' | 'other-schema'; readonly file: string; readonly why: string };

export type ReadReports = { readonly read: readonly ReadReport[]; readonly unread: readonly Unread[] };

/** Reads every report that the paths lead to, one after the other; a file that is named twice is read once. */
export async function readReports(paths: readonly string[], place: Place): Promise<ReadReports> {
  const read: ReadReport[] = [];
  const unread: Unread[] = [];
  const known = new Set<string>();
  for (const path of paths) {
    const found = await findReports(path);
    if (isRefusal(found)) unread.push({ kind: found.refused, file: shown(place.shownPath(path)), why: found.why });
    for (const file of isRefusal(found) ? [] : found) {
      const real = await realpath(file).catch(() => file);
      if (known.has(real)) continue;
      known.add(real);
      const result = await readReport(file, place);
      if ('why' in result) unread.push(result);
      else read.push(result);
    }
  }
  return { read, unread };
}

async function readReport(path: string, { gateFolder, shownPath }: Place): Promise<ReadReport | Unread> {
  const file = shown(shownPath(path));
  const bytes = await readSmallFile(path, limitBytes);
  if (isRefusal(bytes)) return { kind: bytes.refused, file, why: bytes.why };
  const report = parseReport(bytes);
  if ('why' in report) return { ...report, file };
  const sha256 = sha256Of(bytes);
  return { file, sha256, report, beside: await lookBeside(dirname(path), gateFolder, report, sha256) };
}

/** The report.json files that a path leads to: itself, the one in it, or those in its folders; hidden ones are runs in progress. */
async function findReports(path: string): Promise<readonly string[] | Refusal> {
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

/** A broken link is a report that cannot be read, not a report that is not there. */
async function exists(file: string): Promise<boolean> {
  return await lstat(file).then(() => true, () => false);
}
