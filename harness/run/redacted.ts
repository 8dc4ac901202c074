import type { CheckResult } from '../model/report.ts';
import type { Secret } from '../system/redact.ts';
import { redactFiles, withHashes } from './publish/redact-files.ts';

/** The checks as they may be published, and where a secret stood that no check had found. */
export type Redacted = { readonly checks: readonly CheckResult[]; readonly leaks: readonly string[] };

/**
 * Takes the secrets out of the evidence below a folder. One that is found there was printed after the check that looks for it, or where
 * that does not look.
 */
export async function redacted(checks: readonly CheckResult[], folder: string, secrets: readonly Secret[]): Promise<Redacted> {
  const redactions = await redactFiles(folder, secrets);
  const leaks = redactions.map(({ path, secrets: found }) => `the value of ${found.join(', ')} was in ${path}`);
  return { checks: withHashes(checks, redactions), leaks };
}
