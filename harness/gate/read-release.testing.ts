import { ownVersion } from '../system/own-package.ts';
import type { Report } from '../model/report.ts';
import type { Release } from './release.ts';
import { sha256Of } from './read/regular-file.ts';
import { parseReport } from './read/parse-report.ts';
import type { ReadReport } from './read/read-reports.ts';
import { passingReport } from './sample.testing.ts';
import { shown } from './shown.ts';

/** A report as it would have been read from disk, with nothing beside it that speaks against it. */
export function readOf(report: Report): ReadReport {
  const bytes = Buffer.from(JSON.stringify(report));
  const parsed = parseReport(bytes);
  if ('why' in parsed) throw new Error(parsed.why);
  return { file: shown(
    `reports/${report.platform.id}/report.json`,
  ), sha256: sha256Of(bytes), report: parsed, beside: { mismatches: [], missing: [], remarks: [] } };
}

/** The release of a release of two platforms against which nothing speaks. */
export function faultless(
  more: Partial<Release> = {}, reports: readonly Report[] = [passingReport('linux-amd64'), passingReport('darwin-arm64')],
): Release {
  return {
    now: new Date('2026-11-21T12:00:00Z'),
    toolVersion: ownVersion,
    required: ['linux-amd64', 'darwin-arm64'],
    emulated: [],
    profile: 'full',
    commit: undefined,
    contracts: [],
    signed: false,
    contract: undefined,
    waivers: [],
    reports: { read: reports.map(readOf), unread: [] },
    artifacts: undefined,
    previousRelease: undefined,
    earlier: { read: [], unread: [] },
    ...more,
  };
}
