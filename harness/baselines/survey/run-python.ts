import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { messageOf, UsageError } from '../../model/errors.ts';
import type { Baseline } from '../baseline.ts';

const timeoutMs = 60_000;

/** What a script of this folder is given besides its arguments. */
export type PythonInput = { readonly input?: Uint8Array | undefined; readonly signal?: AbortSignal | undefined };

/** What an interpreter needs of the environment of this process; its variables for Python must not reach it. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:PYTHON|__PYVENV_LAUNCHER__|_PYI_)/i.test(name)));
}

/**
 * Runs a script of this folder with the baseline's interpreter in the project's folder, for 60 s at most, and gives the last line that it
 * prints.
 * Neither PYTHON* variables nor the user's own site-packages nor a sitecustomize beside the script can change what it sees.
 * @throws {UsageError} when the interpreter does not answer; the message says what to do.
 */
export async function runPython(
  { python, directory, manager }: Baseline, script: string, args: readonly string[], { input, signal }: PythonInput = {},
): Promise<string> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  try {
    const { stdout } = await execa(python, ['-I', '-B', file, ...args], {
      cwd: directory,
      env: cleanEnvironment(),
      extendEnv: false,
      timeout: timeoutMs,
      ...(input === undefined ? { stdin: 'ignore' } : { input }),
      ...(signal && { cancelSignal: signal }),
    });
    return stdout.trimEnd().split('\n').at(-1) ?? '';
  } catch (cause) {
    signal?.throwIfAborted();
    const lastLine = messageOf(cause).trimEnd().split('\n').at(-1) ?? '';
    throw new UsageError(`--baseline ${directory}: its interpreter ${python} does not answer (${lastLine.slice(0, 300)}); run: cd ` +
      `${directory} && ${manager.commands.install}`, { cause });
  }
}
