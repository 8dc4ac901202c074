import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename } from 'node:path';
import { readDotenv } from '../../baselines/baseline.ts';
import { messageOf, UsageError } from '../../model/errors.ts';
import type { Report } from '../../model/report.ts';
import { safeJson } from '../../model/text.ts';
import type { Bundle } from '../../runtimes/bundle.ts';
import { privateValues } from '../../runtimes/pyinstaller/compare/secrets/private-values.ts';
import { ownVersion } from '../../system/own-package.ts';
import { platformId } from '../../system/platform.ts';
import { redactDeep } from '../../system/redact.ts';
import type { Hint } from './kept-comparison.ts';

/** What a bug report is made of. */
type Given = {
  readonly bundle: Bundle;
  readonly hints: readonly Hint[];
  readonly comparison: Report | undefined;
  /** The folder of the source; undefined where none was named. */
  readonly project: string | undefined;
};

/**
 * Writes what somebody needs who has neither the executable nor its source: what it is, what is in it by name and size, what looks wrong,
 * and what the comparison with the source came to. No code, no content of a file; values of variables that look like secrets, also where
 * they are frozen in, and the folders of this machine and its user are replaced.
 * @throws {UsageError} where the file cannot be written.
 */
export async function writeBundleEvidence(file: string, given: Given): Promise<void> {
  const { project } = given;
  const values = { ...process.env, ...(project === undefined ? {} : await readDotenv(project)) };
  const text = withoutFolders(safeJson(redactDeep(evidenceOf(given), privateValues(values))), project);
  try {
    writeFileSync(file, `${text}\n`, { mode: 0o600 });
  } catch (cause) {
    throw new UsageError(`--bundle-evidence: ${file} cannot be written (${messageOf(cause)}); name another file`, { cause });
  }
}

function evidenceOf({ bundle, hints, comparison }: Given) {
  const { file, images, ...described } = bundle;
  return {
    frostgate: ownVersion,
    machine: platformId(),
    file: basename(file),
    needs: images,
    bundle: described.kind === 'opaque' ? described : {
      ...described, archiveFile: basename(described.archiveFile),
      entries: described.entries.map(({ name, role, sizeBytes }) => ({ name, role, sizeBytes })),
      modules: described.modules.map(({ name, kind }) => ({ name, kind })),
      distributions: described.distributions.map(({ name, version }) => ({ name, version })),
      scripts: described.scripts.map(({ name, kind }) => ({ name, kind })),
    },
    hints,
    ...(comparison && {
      verdict: comparison.verdict,
      checks: comparison.checks.map(({ id, outcome, reason, got, compared }) => ({ id, outcome, reason, got, compared })),
      findings: comparison.findings,
      python: comparison.baseline?.pythonVersion,
    }),
  };
}

/** Longest first: a project lies in its user's home. */
function withoutFolders(json: string, project: string | undefined): string {
  const folders = [[project, '<project>'], [homedir(), '~']] as const;
  return folders.reduce((text, [folder, word]) => (
    folder === undefined || folder.length < 2 ? text : text.replaceAll(JSON.stringify(folder).slice(1, -1), word)
  ), json);
}
