import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { CheckResult } from '../../model/report.ts';
import { redactorOf, type Redactor, type Secret } from '../../system/redact.ts';

/** A file in which secrets were found and replaced. */
type Redaction = {
  readonly path: string; // relative to the folder that was searched, with `/`
  readonly secrets: readonly string[];
  readonly sha256: string; // of the file as it is now
};

/** The checks as they may be published, and where a secret stood that no check had found. */
export type Redacted = { readonly checks: readonly CheckResult[]; readonly leaks: readonly string[] };

/** A file must fit into one string. */
const largestSearchableBytes = 256_000_000;

/**
 * Replaces the secrets in every file below a folder. What cannot be searched must not be published: links and special files are
 * removed, a file above 256 MB is replaced by a line that says so (and is reported with no secret names).
 */
async function redactFiles(folder: string, secrets: readonly Secret[]): Promise<Redaction[]> {
  const redactions: Redaction[] = [];
  const redact = redactorOf(secrets);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) continue;
    const redaction = entry.isFile() ? await redactFile(file, redact) : await rm(file, { force: true });
    if (redaction) redactions.push({ ...redaction, path: relative(folder, file).split(sep).join('/') });
  }
  return redactions;
}

async function redactFile(file: string, redact: Redactor): Promise<Omit<Redaction, 'path'> | undefined> {
  const { size } = await stat(file);
  if (size > largestSearchableBytes) return replace(file, Buffer.from(`left out: ${size} bytes are too many to be searched for ` +
    `secrets\n`), []);
  const { text, found } = redact((await readFile(file)).toString('latin1'), 'latin1');
  return found.length === 0 ? undefined : replace(file, Buffer.from(text, 'latin1'), found);
}

async function replace(file: string, bytes: Buffer, secrets: readonly string[]): Promise<Omit<Redaction, 'path'>> {
  await writeFile(file, bytes);
  return { secrets, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Takes the secrets out of the evidence: those printed after the check that looks for them, or where that does not look. */
export async function redacted(checks: readonly CheckResult[], folder: string, secrets: readonly Secret[]) {
  const redactions = await redactFiles(folder, secrets);
  const leaks = redactions.map(({ path, secrets: found }) => `the value of ${found.join(', ')} was in ${path}`);
  const hashes = new Map(redactions.map(({ path, sha256 }) => [path, sha256]));
  const safe = checks.map((check): CheckResult => (
    { ...check, evidence: check.evidence.map((item) => ({ ...item, sha256: hashes.get(item.path) ?? item.sha256 })) }
  ));
  return { checks: safe, leaks, redactions };
}
