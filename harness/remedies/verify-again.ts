import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from '../cli/options.ts';
import { messageOf } from '../model/errors.ts';
import { platformId } from '../system/platform.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import { reportSchema, type Area, type Report } from '../model/report.ts';
import { shorten } from '../model/text.ts';
import { siblingModule } from '../system/tools/sibling.ts';
import { NotTried } from '../model/not-tried.ts';
import { runToEnd } from '../system/launch/run-to-end.ts';

const deadlineMs = 900_000;

/** What npm and a CI system say about the run that this one is a part of. */
const notInherited = /^(?:npm_|INIT_CWD$|GITHUB_ACTIONS$|GITHUB_STEP_SUMMARY$)/i;

/** What the new executable is verified with; the same as the first one. */
export type Verification = {
  readonly options: Pick<Options, 'temporalAddress' | 'temporalCli' | 'services'>;
  readonly baseline: string;
  readonly contract: string | undefined;
  /** Where the report goes, and everything else that the verification writes. */
  readonly folder: string;
  readonly run: RunFolder;
  readonly signal: AbortSignal;
};

/**
 * Verifies an executable in the areas given, with frostgate itself in a process of its own, and returns its report.
 * @throws {NotTried} when there is none.
 */
export async function verifyAgain(
  binary: string, areas: readonly Area[], { options, baseline, contract, folder, run, signal }: Verification,
): Promise<Report> {
  mkdirSync(join(folder, 'tmp'), { recursive: true });
  const reports = join(folder, 'reports');
  const log = join(folder, 'verify.log');
  const flags = {
    binary, baseline, contract, profile: 'quick', 'report-dir': reports, services: options.services,
    'temporal-address': options.temporalAddress, 'temporal-cli': options.temporalCli,
  };
  const args = [
    // As `npm test` runs it.
    '--max-semi-space-size=4', siblingModule('../main', import.meta.url), '--quiet',
    ...areas.map((area) => `--only=${area}`),
    ...Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}=${value}`])),
  ];
  // Below the run's own folder, which is removed even when both of us are killed.
  const temporary = { TMPDIR: join(folder, 'tmp'), TMP: join(folder, 'tmp'), TEMP: join(folder, 'tmp') };
  const inherited = Object.entries(process.env).filter(([name]) => !notInherited.test(name));
  const environment = { ...Object.fromEntries(inherited), ...temporary };
  const what = 'the verification of the new executable';
  await runToEnd({ what, file: process.execPath, args, cwd: folder, environment, log, deadlineMs, graceMs: 15_000, run, signal });
  return readReport(join(reports, platformId(), 'report.json'), log);
}

function readReport(file: string, log: string): Report {
  if (!existsSync(file)) {
    const last = readFileSync(log, 'utf8').trimEnd().split('\n').at(-1) ?? '';
    throw new NotTried(`the new executable could not be verified (${shorten(last, 300)})`);
  }
  try {
    return reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new NotTried(`the report about the new executable cannot be read (${shorten(messageOf(error), 300)})`);
  }
}
