import { lstat, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { InfrastructureError, messageOf, UsageError } from '../../model/errors.ts';
import { renderings } from '../../report/renderings.ts';

const reportNames: ReadonlySet<string> = new Set(['report.json', 'evidence', ...renderings.map(({ file }) => file)]);

/**
 * Creates a folder and those above it. Throws `UsageError` when it cannot; its message speaks of `named`.
 * Not `mkdir`'s own `recursive`: that never returns where parents exist but take no folder (seen in /proc with Node 24).
 */
export async function makeFolder(folder: string, named = folder): Promise<void> {
  try {
    await makeWithParents(resolve(folder));
  } catch (error) {
    throw unwritable(named, error);
  }
}

/**
 * Throws `UsageError` when the folder holds anything that frostgate did not write (`ownNames` is what it writes there); a missing one is
 * fine.
 */
export async function refuseForeign(target: string, ownNames = reportNames): Promise<void> {
  const foreign = await foreignName(target, ownNames);
  if (foreign === undefined) return;
  throw new UsageError(
    `${target} holds ${foreign}, which frostgate did not write; it replaces the whole folder, so nothing else may be in it. Move it ` +
      'away or choose another --report-dir.',
  );
}

/** Another run may publish at any moment: whoever finds a report in the way moves it aside and tries again, so the last one wins. */
export async function moveIntoPlace(staging: string, target: string, aside: () => string, ownNames = reportNames): Promise<void> {
  const attempts = 100;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(staging, target);
      return;
    } catch (error) {
      // EPERM and EACCES are what Windows says about a folder in the way.
      const occupied = ['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'ENOTDIR'].includes(codeOf(error));
      if (!occupied || attempt === attempts) {
        throw new InfrastructureError(`The report could not be moved to ${target} and stays in ${staging}: ` +
          `${messageOf(error)}.`, { cause: error });
      }
    }
    await refuseForeign(target, ownNames);
    await removeAside(target, aside());
  }
}

/** Removes a folder that may be missing. It is renamed first, so that it vanishes in one step; removing takes time. */
export async function removeAside(target: string, aside: string): Promise<void> {
  try {
    await rename(target, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw unwritable(target, error);
  }
  await rm(aside, { recursive: true, force: true });
}

async function makeWithParents(path: string): Promise<void> {
  if (await isFolder(path)) return;
  if (dirname(path) !== path) await makeWithParents(dirname(path));
  try {
    await mkdir(path);
  } catch (error) {
    // Another run may have made it just now.
    if (await isFolder(path)) return;
    throw codeOf(error) === 'EEXIST' ? new Error(`${path} is not a folder`, { cause: error }) : error;
  }
}

async function foreignName(target: string, ownNames: ReadonlySet<string>): Promise<string | undefined> {
  try {
    if (!(await lstat(target)).isDirectory()) return 'something that is not a folder';
    const name = (await readdir(target)).find((entry) => !ownNames.has(entry));
    return name === undefined ? undefined : `"${name}"`;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unwritable(target, error);
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

function unwritable(folder: string, error: unknown): UsageError {
  return new UsageError(
    `The report folder ${folder} cannot be written (${codeOf(error) || messageOf(error)}); frostgate must be able to create and ` +
      'replace files there. Choose another --report-dir.',
    { cause: error },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
