import { exitCode } from './exit-codes.ts';

/**
 * Data that stdout does not take (a full disk behind it, for example) must not look like a verdict: it is told in one sentence, and
 * the exit code is 3. A reader that has left, as `head` does, is no error.
 */
export function guardStdout(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(`error: stdout cannot be written (${error.message}); make room there, or read the files of the report instead.\n`);
    process.once('exit', () => void (process.exitCode = exitCode.inconclusive));
  });
}
