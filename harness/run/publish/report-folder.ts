import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InfrastructureError, messageOf, UsageError } from '../../model/errors.ts';
import { reportSchema, type Report } from '../../model/report.ts';
import { jsonText } from '../../model/text.ts';
import { renderings } from '../../report/renderings.ts';
import { redactDeep, redactorOf, type Secret } from '../../system/redact.ts';
import { ownFolder } from './folder.ts';
import { redacted } from './redact-files.ts';

/**
 * Opens the folder for one platform's report and removes the previous report at once, so that an old one is never taken for a new one.
 * Evidence is written into the staging folder while the run goes on; a report names it as `evidence/…`. Disposal removes what is not
 * published. Throws `UsageError` when the folder cannot be written, or when it holds anything that frostgate did not write.
 */
export async function openReportFolder(reportDir: string, platformId: string) {
  if (!/^\w[\w.-]*$/.test(platformId)) throw new UsageError(`The platform "${platformId}" cannot name a folder: letters, digits, "-", ` +
    '"_" and "." only.');
  const folder = ownFolder(reportDir, platformId, ['report.json', 'evidence', 'remedies.patch', ...renderings.map(({ file }) => file)]);
  const { target, staging } = folder;
  const evidence = join(staging, 'evidence');
  await folder.make();
  await folder.clear();
  await folder.make(evidence);

  let open = true;
  const discard = async (): Promise<void> => {
    if (open) await rm(staging, { recursive: true, force: true });
    open = false;
  };
  /**
   * Writes all renderings, replaces secrets in them and in the evidence, and moves the folder into place in one step. Gives the report as
   * published, the evidence files that held secrets, and one sentence when it could not be written: then there is the report alone.
   */
  const publish = async (report: Report, secrets: readonly Secret[]) => {
    if (!open) throw new InfrastructureError(`The report folder ${target} was published or discarded before.`);
    const { checks, redactions } = await redacted(report.checks, staging, secrets);
    // Before rendering, because escaping can hide a secret; parsing gives the keys their fixed order.
    const safe = reportSchema.parse(redactDeep({ ...report, checks }, secrets));
    const unwritten = await writeAll(staging, safe, secrets).catch((error: unknown) => (
      `The report could not be written to ${target} (${messageOf(error)}); free some space or choose another --report-dir.`
    ));
    if (unwritten === undefined) await folder.moveIntoPlace();
    else await discard();
    open = false;
    return { report: safe, redactions, unwritten };
  };
  return { target, staging, evidence, publish, discard, [Symbol.asyncDispose]: discard };
}

async function writeAll(staging: string, report: Report, secrets: readonly Secret[]): Promise<undefined> {
  const json = jsonText(report);
  const sha256 = createHash('sha256').update(json).digest('hex');
  await writeFile(join(staging, 'report.json'), json);
  const redact = redactorOf(secrets);
  for (const { file, render } of renderings) {
    const text = render(report, sha256);
    if (text !== undefined) await writeFile(join(staging, file), redact(text).text);
  }
}
