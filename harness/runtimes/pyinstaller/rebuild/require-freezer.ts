import { execa } from 'execa';
import type { Baseline } from '../../../baselines/baseline.ts';
import { messageOf } from '../../../model/errors.ts';
import { NotTried } from '../../../model/not-tried.ts';

/**
 * Makes sure that a project's environment has PyInstaller.
 * @throws {NotTried} when it has none; the message says the command to run.
 */
export async function requireFreezer(
  { python, directory, manager }: Pick<Baseline, 'python' | 'directory' | 'manager'>, signal: AbortSignal,
): Promise<void> {
  const answer = await execa(python, ['-B', '-c', 'import importlib.util as u; print(u.find_spec("PyInstaller") is not None)'], {
    cwd: directory, timeout: 60_000, stdin: 'ignore', cancelSignal: signal,
  }).catch((error: unknown) => {
    throw new NotTried(signal.aborted ? 'interrupted' : `the interpreter ${python} does not answer (${messageOf(error).split('\n')[0]})`);
  });
  if (answer.stdout.trimEnd().endsWith('True')) return;
  throw new NotTried(`PyInstaller is not installed in the environment of ${directory}, so nothing can be built; run: ` +
    manager.commands.addFreezer);
}
