import { randomUUID } from 'node:crypto';
import { lstat, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InfrastructureError, messageOf, UsageError } from '../../model/errors.ts';
import { makeFolder } from '../../system/make-folder.ts';

/** The folder `<reportDir>/<name>`, which holds `ownNames` and nothing else, and is replaced as a whole. */
export function ownFolder(reportDir: string, name: string, ownNames: readonly string[]) {
  const hidden = (kind: 'partial' | 'old') => join(reportDir, `.${name}.${randomUUID().slice(0, 8)}.${kind}`);
  const target = join(reportDir, name);
  /** Where the next one is made; in `reportDir` itself, since only within one file system a rename is atomic. */
  const staging = hidden('partial');

  /** Creates a folder and those above it. Throws `UsageError` when it cannot; its message speaks of the report folder. */
  const make = async (folder = reportDir): Promise<void> => {
    try {
      await makeFolder(resolve(folder));
    } catch (error) {
      throw unwritable(reportDir, error);
    }
  };

  /**
   * Removes what an earlier run left; it is renamed first, so that it vanishes in one step. Throws `UsageError` when it cannot, or when
   * the folder holds anything that frostgate did not write.
   */
  const clear = async (): Promise<void> => {
    const foreign = await foreignName(target, ownNames);
    if (foreign !== undefined) throw new UsageError(`${target} holds ${foreign}, which frostgate did not write; it replaces the whole ` +
      'folder, so nothing else may be in it. Move it away or choose another --report-dir.');
    const aside = hidden('old');
    try {
      await rename(target, aside);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return;
      throw unwritable(target, error);
    }
    await rm(aside, { recursive: true, force: true });
  };

  /** Another run may publish at any moment: whoever finds a report in the way moves it aside and tries again, so the last one wins. */
  const moveIntoPlace = async (): Promise<void> => {
    const attempts = 100;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await rename(staging, target);
        return;
      } catch (error) {
        // EPERM and EACCES are what Windows says about a folder in the way.
        const occupied = ['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'ENOTDIR'].includes(codeOf(error));
        if (!occupied || attempt === attempts) {
          throw new InfrastructureError(`The report could not be moved to ${target} and stays in ${staging}: ${messageOf(error)}.`, {
            cause: error,
          });
        }
      }
      await clear();
    }
  };
  return { target, staging, make, clear, moveIntoPlace };
}

async function foreignName(target: string, ownNames: readonly string[]): Promise<string | undefined> {
  try {
    if (!(await lstat(target)).isDirectory()) return 'something that is not a folder';
    const name = (await readdir(target)).find((entry) => !ownNames.includes(entry));
    return name === undefined ? undefined : `"${name}"`;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unwritable(target, error);
  }
}

function unwritable(folder: string, error: unknown): UsageError {
  return new UsageError(`The report folder ${folder} cannot be written (${codeOf(error) || messageOf(error)}); frostgate must be able to ` +
    'create and replace files there. Choose another --report-dir.', { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
