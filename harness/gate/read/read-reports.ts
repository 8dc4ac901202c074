import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import pLimit from 'p-limit';
import type { Report } from '../../model/report.ts';
import { shown } from '../shown.ts';
import { lookBeside, type Beside } from './beside.ts';
import { findReports } from './find-reports.ts';
import { essential, parseReport } from './parse-report.ts';
import { isRefusal, readSmallFile, sha256Of } from './regular-file.ts';
import type { ReadSignature, Signature } from './signature.ts';

/** Far above any report: what a worker prints goes into evidence, and a report quotes sixty lines of it. */
export const reportLimitBytes = 64_000_000;

/** A report as it was read. */
export type ReadReport = {
  /** As the user would write it. */
  readonly file: string;
  /** Of the bytes of report.json. */
  readonly sha256: string;
  readonly report: Report;
  readonly beside: Beside;
  /** Absent where nobody asked for one. */
  readonly signature?: Signature;
};

/** Where the gate stands: the folder of its decision, a path as the user would write it, and how signatures are read, if they are. */
export type Place = {
  readonly gateFolder: string; readonly shownPath: (path: string) => string; readonly readSignature?: ReadSignature;
};

/** A path that gave no report: one sentence without a full stop about `file`. */
export type Unread = { readonly kind: 'missing' | 'unreadable' | 'other-schema'; readonly file: string; readonly why: string };

export type ReadReports = { readonly read: readonly ReadReport[]; readonly unread: readonly Unread[] };

/** So many reports are read at a time: waiting for the disk is cheap, their bytes are not. */
const atOnce = 4;

/** Reads every report that the paths lead to, in their order; a file that is named twice is read once. */
export async function readReports(paths: readonly string[], place: Place): Promise<ReadReports> {
  const reading: Promise<ReadReport | Unread>[] = [];
  const known = new Set<string>();
  const limit = pLimit(atOnce);
  for (const path of paths) {
    const found = await findReports(path);
    if (isRefusal(found)) reading.push(Promise.resolve({ kind: found.refused, file: shown(place.shownPath(path)), why: found.why }));
    for (const { file, misplaced: why } of isRefusal(found) ? [] : found) {
      const real = why === undefined ? await realpath(file).catch(() => file) : file;
      if (known.has(real)) continue;
      known.add(real);
      reading.push(why === undefined
        ? limit(() => readReport(file, dirname(real), place))
        : Promise.resolve({ kind: 'unreadable', file: shown(place.shownPath(file)), why }));
    }
  }
  const all = await Promise.all(reading);
  return { read: all.flatMap((one) => ('why' in one ? [] : [one])), unread: all.flatMap((one) => ('why' in one ? [one] : [])) };
}

/** `folder` is where it really lies, with what stands beside it, whatever link led to it. */
async function readReport(path: string, folder: string, { gateFolder, shownPath, readSignature }: Place): Promise<ReadReport | Unread> {
  const file = shown(shownPath(path));
  const bytes = await readSmallFile(path, reportLimitBytes);
  if (isRefusal(bytes)) return { kind: bytes.refused, file, why: bytes.why };
  const report = parseReport(bytes);
  if ('why' in report) return { ...report, file };
  const sha256 = sha256Of(bytes);
  return {
    file, sha256, report: essential(report), beside: await lookBeside(folder, gateFolder, report, sha256),
    ...(readSignature && { signature: await readSignature(folder, report, sha256) }),
  };
}
