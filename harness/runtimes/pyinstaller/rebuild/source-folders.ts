import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { execa } from 'execa';
import type { Baseline } from '../../../baselines/baseline.ts';
import { messageOf } from '../../../model/errors.ts';
import { NotTried } from '../../../model/not-tried.ts';

const facts = `
import json, sys
try: import PyInstaller; version = PyInstaller.__version__
except Exception: version = None
print(json.dumps({"pyinstaller": version, "path": sys.path}))`;

/**
 * Where the baseline's environment finds the project's own code, as folders relative to the project: the project's folder, and what
 * an editable installation points to, for example `src`.
 * @throws {NotTried} when PyInstaller is not installed there.
 */
export async function sourceFolders(
  { python, directory, manager }: Pick<Baseline, 'python' | 'directory' | 'manager'>, signal: AbortSignal,
): Promise<string[]> {
  const answer = await execa(python, ['-c', facts], {
    cwd: directory, timeout: 60_000, stdin: 'ignore', cancelSignal: signal, env: { PYTHONDONTWRITEBYTECODE: '1' },
  }).catch((error: unknown) => {
    throw new NotTried(signal.aborted ? 'interrupted' : `the interpreter ${python} does not answer (${messageOf(error).split('\n')[0]})`);
  });
  const { pyinstaller, path }: { pyinstaller: string | null; path: string[] } = JSON.parse(answer.stdout);
  if (pyinstaller === null) {
    throw new NotTried(`PyInstaller is not installed in the environment of ${directory}, so nothing can be built; run: ` +
      manager.commands.addFreezer);
  }
  const inside = path.filter(isAbsolute).map((folder) => relative(directory, folder)).filter((folder) => isSource(directory, folder));
  return [...new Set(['', ...inside])];
}

/** A folder within the project that belongs to no environment. */
function isSource(directory: string, folder: string): boolean {
  if (folder === '' || folder === '..' || folder.startsWith(`..${sep}`) || isAbsolute(folder)) return false;
  const parts = folder.split(sep);
  return !parts.some((_, index) => existsSync(join(directory, ...parts.slice(0, index + 1), 'pyvenv.cfg')));
}
