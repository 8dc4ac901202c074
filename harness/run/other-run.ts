import { execa } from 'execa';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InfrastructureError, UsageError } from '../model/errors.ts';
import { reportSchema, type Report } from '../model/report.ts';
import { siblingModule } from '../system/tools/sibling.ts';

/** Files that a CI system reads belong to the command that the user started, not to its parts. */
const notInherited = /^(?:npm_|INIT_CWD$|GITHUB_ACTIONS$|GITHUB_STEP_SUMMARY$)/i;

/** Longer than a stop takes. */
const forceAfterMs = 20_000;

/**
 * A verification as part of another command, in a process of its own: its report; nothing of it stays on disk.
 * @throws {UsageError} for what the user must correct, and {InfrastructureError} where there is no report.
 */
export async function otherRun(words: readonly string[], signal: AbortSignal): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'frostgate-run-'));
  try {
    const { exitCode, stdout, stderr } = await execa(
      process.execPath, [siblingModule('../main', import.meta.url), ...words, '--json', '--quiet', `--report-dir=${folder}`],
      {
        env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !notInherited.test(name))),
        extendEnv: false, stdin: 'ignore', reject: false, maxBuffer: 100_000_000,
        cancelSignal: signal, forceKillAfterDelay: forceAfterMs,
      },
    );
    // The report is the last line, whatever a library has printed before.
    if (stdout !== '') return reportSchema.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
    const said = /^error: (.+)$/m.exec(stderr)?.[1] ?? 'the verification gave no report';
    throw exitCode === 2 ? new UsageError(said) : new InfrastructureError(said);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
