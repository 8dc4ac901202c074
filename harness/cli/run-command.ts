import { resolve } from 'node:path';
import { InfrastructureError, messageOf, UsageError } from '../model/errors.ts';
import { clean, withoutCommands } from '../model/text.ts';
import { exitCode } from './exit-codes.ts';
import { invocation, type Invocation } from './invocation.ts';
import { baseOf } from './read-line.ts';
import { Signals } from './signals.ts';

/**
 * Runs one command of frostgate and sets the exit code that it returns, or 128 + n after a signal. A known error is one sentence on
 * stderr: 2 for what the user must correct, 3 for what failed around it. Any other is a fault of ours, shown with its stack and
 * never a verdict: 3 too.
 */
export async function runCommand(command: (started: Invocation, signals: Signals) => Promise<number>): Promise<void> {
  guardStreams();
  useAbsoluteTemporaryFolder(invocation.environment);
  using signals = new Signals();
  try {
    const code = await command(invocation, signals);
    process.exitCode = signals.exitCode ?? code;
  } catch (error) {
    process.exitCode = signals.exitCode ?? (error instanceof UsageError ? exitCode.usage : exitCode.inconclusive);
    const known = isKnown(error) || signals.received !== undefined;
    const stack = error instanceof Error ? error.stack : String(error);
    const told = known ? messageOf(firstOf(error)) : `a fault of frostgate itself, please report it: ${stack}`;
    process.stderr.write(errorText(told));
  }
}

/** An error as stderr shows it: what a file, a contract or a worker wrote moves no cursor and is no command to a CI runner. */
export function errorText(sentence: string): string {
  return `error: ${withoutCommands(clean(sentence))}\n`;
}

/** A relative name counts from where the user stands: npm has changed the folder, and whatever is started has one of its own. */
function useAbsoluteTemporaryFolder(environment: NodeJS.ProcessEnv): void {
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) {
    const folder = process.env[name];
    if (folder) process.env[name] = resolve(baseOf(environment, process.cwd()), folder);
  }
}

/** Several may come together: what was opened is closed one after the other, and each may fail. */
function isKnown(error: unknown): boolean {
  if (isSeveral(error)) return isKnown(error.error) && isKnown(error.suppressed);
  return error instanceof UsageError || error instanceof InfrastructureError;
}

function firstOf(error: unknown): unknown {
  return isSeveral(error) ? firstOf(error.suppressed) : error;
}

/** A SuppressedError, which not every Node has as a class of its own. */
function isSeveral(error: unknown): error is { readonly error: unknown; readonly suppressed: unknown } {
  return error instanceof Error && error.name === 'SuppressedError' && 'error' in error && 'suppressed' in error;
}

/**
 * A reader that has left is no error, on either stream. Data that stdout does not take (a full disk) must not look like a verdict: exit
 * code 3. What stderr does not take is lost, and the verdict is not: it is in the report and in the exit code.
 */
function guardStreams(): void {
  process.stderr.on('error', () => {});
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    const next = 'make room there, or read the files of the report instead.';
    process.stderr.write(errorText(`stdout cannot be written (${error.message}); ${next}`));
    process.once('exit', () => void (process.exitCode = exitCode.inconclusive));
  });
}
