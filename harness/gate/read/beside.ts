import { stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Report } from '../../model/report.ts';
import type { Compared } from './compared.ts';
import { compareEvidence } from './evidence.ts';
import { compareTestResult } from './test-result.ts';

/** What lies beside a report.json, compared with it. */
export type Beside = Compared & {
  /** Links to the report for people, relative to the gate's own folder; absent when there is none near it. */
  readonly page?: string;
  readonly markdown?: string;
};

/** Looks at the files beside a report. */
export async function lookBeside(folder: string, gateFolder: string, report: Report, reportSha256: string): Promise<Beside> {
  const parts = [await compareEvidence(folder, report), await compareTestResult(folder, report, reportSha256)];
  const page = await link(gateFolder, join(folder, 'report.html'));
  const markdown = await link(gateFolder, join(folder, 'report.md'));
  return {
    ...(page !== undefined && { page }),
    ...(markdown !== undefined && { markdown }),
    mismatches: parts.flatMap(({ mismatches }) => mismatches),
    remarks: parts.flatMap(({ remarks }) => remarks),
  };
}

/** A relative reference (RFC 3986) to a file that travels with the gate's folder: in the folder above it, or in one beside that. */
async function link(from: string, file: string): Promise<string | undefined> {
  const names = relative(from, file).split(sep);
  const climbs = names.filter((name) => name === '..').length;
  const near = climbs <= 2 && names.every((name) => name.isWellFormed() && !name.includes(':'));
  const isThere = near && (await stat(file).then((found) => found.isFile(), () => false));
  return isThere ? names.map(encodeURIComponent).join('/') : undefined;
}
