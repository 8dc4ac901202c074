import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { comparedReport } from '../../harness/gate/compared.testing.ts';
import { sha256Of } from '../../harness/gate/read/regular-file.ts';
import { binaryOf, evidencePath, evidenceText, freshReport, rejudged, withCheck } from '../../harness/gate/sample.testing.ts';
import type { Report } from '../../harness/model/report.ts';
import { openReportFolder } from '../../harness/run/publish/report-folder.ts';
import { root } from '../support/command.ts';
import { verify, type Verified } from '../support/verification.ts';
import type { Replaced } from './run-workflow.ts';
import { contractFile, fileOf } from './world.ts';

// What stands for the builds and the verifications of platforms that are not here: real headers, and good reports of just what the workflow
// handed over.

/** Leaves an executable as the build step would: this file, else real headers, whose last byte is another one in each version. */
export function built({ leg: { platform = '' }, workspace }: Replaced, version: string, executable: string | undefined): void {
  const file = join(workspace, 'dist', fileOf(platform));
  mkdirSync(dirname(file));
  if (executable !== undefined) return cpSync(join(root, 'fixtures', executable), file);
  const bytes = Buffer.from(binaryOf(platform));
  bytes.writeUInt8(version === '1.0.0' ? 0 : 1, bytes.length - 1);
  writeFileSync(file, bytes);
}

/** What a good run of this version would have reported, about the executables that it was given. */
export function goodReport({ leg: { platform = '' }, workspace, given }: Replaced, version: string, commit: string): Report {
  const [binary, contract] = [join(workspace, given['binary'] ?? ''), join(workspace, contractFile)].map((file) => readFileSync(file));
  const last = given['previous'] ? sha256Of(readFileSync(join(workspace, given['previous']))) : undefined;
  const good = last === undefined ? freshReport(platform, version) : comparedReport(platform, last);
  const sha256 = sha256Of(binary ?? '');
  const sizeBytes = binary?.length ?? 0;
  return withCheck({
    ...good, platform: { ...good.platform, commit },
    contract: good.contract && { ...good.contract, sha256: sha256Of(contract ?? '') },
    subject: good.subject && { ...good.subject, sha256Before: sha256, sha256After: sha256, sizeBytes },
  }, 'artifact.size', { value: sizeBytes });
}

/** The report with what the harness really says about the sizes of the two executables that the workflow handed over. */
export async function sized(report: Report, { workspace, given }: Replaced, signal: AbortSignal): Promise<Verified> {
  const { binary = '', previous = '' } = given;
  const at = (file: string) => join(workspace, file);
  if ((statSync(at(previous)).mode & 0o100) === 0) throw new Error(`${previous} has lost its x bit`);
  const real = await verify([
    '--binary', at(binary), '--previous', at(previous), '--contract', at(contractFile), '--only', 'artifact.size',
    '--report-dir', at('sized'),
  ], 120_000, signal);
  const decided = real.report.decisions ?? [];
  const [check] = real.report.checks.filter(({ id }) => id === 'artifact.size');
  if (check === undefined || decided.length === 0) throw new Error(`nothing was decided about sizes\n${real.told}`);
  const others = report.decisions?.filter(({ metric }) => decided.every((one) => one.metric !== metric)) ?? [];
  return { report: rejudged(withCheck({ ...report, decisions: [...others, ...decided] }, check.id, check)), told: real.told };
}

/** Leaves a report as the verify step would. */
export async function publish(report: Report, { workspace, told }: Replaced): Promise<void> {
  const { id } = report.platform;
  await using folder = await openReportFolder(join(workspace, 'reports'), id);
  mkdirSync(dirname(join(folder.staging, evidencePath)), { recursive: true });
  writeFileSync(join(folder.staging, evidencePath), evidenceText);
  await folder.publish(report, []);
  Object.assign(told, { verdict: report.verdict.outcome, report: `reports/${id}` });
}
