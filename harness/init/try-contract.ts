import type { InitOptions } from '../cli/init-options.ts';
import { exitCode } from '../cli/exit-codes.ts';
import { shownPath } from '../cli/shown-path.ts';
import { InfrastructureError, messageOf, UsageError } from '../model/errors.ts';
import { byReason, troubled } from '../model/explain.ts';
import { otherRun } from '../run/other-run.ts';
import { findingText } from './finding-text.ts';

type Tried = Pick<InitOptions, 'binary' | 'words'> & {
  readonly file: string;
  /** Its source, where that can be run. */
  readonly baseline: string | undefined;
};

/** Tries a contract on the executable: whether that registers as the source does. Tells what comes next, and gives the exit code. */
export async function tryContract(
  { binary, file, baseline, words }: Tried, signal: AbortSignal, say: (line: string) => void,
): Promise<number> {
  const verify = words.includes('frostgate') ? words.map((word) => (word === 'init' ? 'verify' : word)).join(' ') : 'npm test --';
  const beside = baseline === undefined ? '' : ` --baseline ${shownPath(baseline)}`;
  const next = (executable: string): string => `then: ${verify} --binary ${executable}${beside}\n`;
  if (binary === undefined) {
    const why = `no executable was named, and there is not one alone in ${shownPath(baseline ?? '.')}/dist`;
    process.stderr.write(`not tried: ${why}\n${next('dist/NAME')}`);
    return exitCode.inconclusive;
  }
  say('trying it on the executable: what it registers');
  try {
    const report = await otherRun([
      `--binary=${binary}`, ...(baseline === undefined ? [] : [`--baseline=${baseline}`]), `--contract=${file}`, '--profile=quick',
      '--only=startup.ready', '--only=registration',
    ], signal);
    const wrong = byReason(troubled(report)).map(([first]) => `  ${first?.id}: ${first?.reason ?? ''}\n`).join('');
    const causes = report.findings.map(findingText).join('');
    process.stderr.write(`tried: ${report.verdict.sentence}\n${wrong}${causes}${next(shownPath(binary))}`);
    return exitCode[report.verdict.outcome];
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof InfrastructureError)) throw error;
    process.stderr.write(`not tried: ${messageOf(error)}\n${next(shownPath(binary))}`);
    return exitCode.inconclusive;
  }
}
