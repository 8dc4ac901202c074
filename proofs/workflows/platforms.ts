import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { elfFile, peFile, thinFile } from '../../harness/runtimes/native/headers.testing.ts';
import { reportSchema, type Report } from '../../harness/model/report.ts';
import { openReportFolder } from '../../harness/run/publish/report-folder.ts';

type Made = { readonly format: string; readonly os: string; readonly architecture: string; readonly file: () => Buffer };

/** Executables of other platforms with real headers; they can be read and compared, not run. */
const made: Readonly<Record<string, Made>> = {
  'linux-amd64': { format: 'ELF', os: 'Ubuntu 24.04', architecture: 'x86_64', file: () => elfFile() },
  'linux-arm64': { format: 'ELF', os: 'Ubuntu 24.04', architecture: 'aarch64', file: () => elfFile({ machine: 183 }) },
  'darwin-amd64': { format: 'Mach-O', os: 'Darwin', architecture: 'x86_64', file: () => thinFile(0x01000007) },
  'darwin-arm64': { format: 'Mach-O', os: 'Darwin', architecture: 'arm64', file: () => thinFile() },
  'windows-amd64': { format: 'PE', os: 'Windows_NT', architecture: 'x86_64', file: () => peFile() },
};

/** Writes an executable for a platform to `file`. */
export function writeExecutable(platform: string, file: string): void {
  writeFileSync(file, madeFor(platform).file());
}

/**
 * Writes the report that a run on `platform` could have written, to `<reportDir>/<platform>`: a recorded report of another platform
 * about the executable that `writeExecutable` makes, all its renderings written anew.
 */
export async function writeReport(
  platform: string, recorded: string, reportDir: string, change: (report: Report) => Report = (report) => report,
): Promise<void> {
  await copyReport(recorded, reportDir, (report) => change(reportOf(platform, report)));
}

/** Writes a changed report, with all its renderings and the evidence of the recorded one, to the folder of its platform. */
async function copyReport(recorded: string, reportDir: string, change: (report: Report) => Report): Promise<void> {
  const report = change(reportSchema.parse(JSON.parse(readFileSync(join(recorded, 'report.json'), 'utf8'))));
  mkdirSync(reportDir, { recursive: true });
  await using folder = await openReportFolder(reportDir, report.platform.id);
  cpSync(join(recorded, 'evidence'), folder.evidence, { recursive: true });
  await folder.publish(report, []);
}

function reportOf(platform: string, report: Report): Report {
  const { format, os, architecture, file } = madeFor(platform);
  const bytes = file();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (report.subject === null) throw new Error('the recorded report is about no executable');
  return {
    ...report,
    subject: {
      ...report.subject, file: `agent-runner-${platform}`, sha256Before: sha256, sha256After: sha256, sizeBytes: bytes.length, format,
      platforms: [platform],
    },
    platform: { ...report.platform, id: platform, os, architecture },
    checks: report.checks.map((check) => (check.id === 'artifact.size' ? { ...check, value: bytes.length } : check)),
  };
}

function madeFor(platform: string): Made {
  const found = made[platform];
  if (found === undefined) throw new Error(`there is no executable for ${platform}`);
  return found;
}
