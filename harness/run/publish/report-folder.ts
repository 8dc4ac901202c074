import { createHash, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InfrastructureError, messageOf, UsageError } from '../../model/errors.ts';
import { makeFolder, moveIntoPlace, refuseForeign, removeAside } from './folder.ts';
import { jsonText } from '../../model/text.ts';
import { reportSchema, type Report } from '../../model/report.ts';
import { redactFiles, withHashes, type Redaction } from './redact-files.ts';
import { redact, redactDeep, type Secret } from '../../system/redact.ts';
import { renderings } from '../../report/renderings.ts';

/** What was published. */
export type Published = {
  readonly report: Report;
  readonly redactions: readonly Redaction[];
  /**
   * One sentence when it could not be written, for example because the disk is full; then there is no folder, but there still is the
   * report.
   */
  readonly unwritten: string | undefined;
};

/** A report in the making: a staging folder that becomes `<reportDir>/<platform>` when it is published. */
export type ReportFolder = AsyncDisposable & {
  /** Where the report will be: `<reportDir>/<platform>`. */
  readonly target: string;
  readonly staging: string;
  /** Where evidence is written while the run goes on; a report names it as `evidence/…`. */
  readonly evidence: string;
  /**
   * Writes all renderings, replaces secrets in them and in the evidence, and moves the folder into place in one step.
   * Returns the report as published, and the evidence files that held secrets; their sha256 in it are of the files as published.
   */
  publish(report: Report, secrets: readonly Secret[]): Promise<Published>;
  /** Removes the staging folder; does nothing after `publish`. Disposal is the same. */
  discard(): Promise<void>;
};

/**
 * Opens the folder for one platform's report and removes the previous report at once, so that an old one is never taken for a new one.
 * The staging folder is hidden and lies in `reportDir` itself: only within one file system is a rename atomic.
 * Throws `UsageError` when the folder cannot be written, or when `<reportDir>/<platform>` holds anything that frostgate did not write.
 */
export async function openReportFolder(reportDir: string, platformId: string): Promise<ReportFolder> {
  if (!/^\w[\w.-]*$/.test(platformId)) throw new UsageError(`The platform "${platformId}" cannot name a folder: letters, digits, "-", ` +
    '"_" and "." only.');
  const target = join(reportDir, platformId);
  const staging = hidden(reportDir, platformId, 'partial');
  const evidence = join(staging, 'evidence');
  await makeFolder(reportDir);
  await refuseForeign(target);
  await removeAside(target, hidden(reportDir, platformId, 'old'));
  await makeFolder(evidence, reportDir);

  let open = true;
  const discard = async () => {
    if (open) await rm(staging, { recursive: true, force: true });
    open = false;
  };
  const publish = async (report: Report, secrets: readonly Secret[]) => {
    if (!open) throw new InfrastructureError(`The report folder ${target} was published or discarded before.`);
    const redactions = await redactFiles(staging, secrets);
    // Before rendering, because escaping can hide a secret; parsing gives the keys their fixed order.
    const safe = reportSchema.parse(redactDeep({ ...report, checks: withHashes(report.checks, redactions) }, secrets));
    try {
      await writeAll(staging, safe, secrets);
    } catch (error) {
      await discard();
      return { report: safe, redactions, unwritten: `The report could not be written to ${target} (${messageOf(error)}); free some ` +
        'space or choose another --report-dir.' };
    }
    await moveIntoPlace(staging, target, () => hidden(reportDir, platformId, 'old'));
    open = false;
    return { report: safe, redactions, unwritten: undefined };
  };
  return { target, staging, evidence, publish, discard, [Symbol.asyncDispose]: discard };
}

async function writeAll(staging: string, report: Report, secrets: readonly Secret[]): Promise<void> {
  const json = jsonText(report);
  const sha256 = createHash('sha256').update(json).digest('hex');
  await writeFile(join(staging, 'report.json'), json);
  for (const { file, render } of renderings) {
    const text = render(report, sha256);
    if (text !== undefined) await writeFile(join(staging, file), redact(text, secrets).text);
  }
}

function hidden(reportDir: string, platformId: string, kind: 'partial' | 'old'): string {
  return join(reportDir, `.${platformId}.${randomUUID().slice(0, 8)}.${kind}`);
}
