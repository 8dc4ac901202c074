import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, realpath, stat, symlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { NotTried } from '../model/not-tried.ts';

/** How much a project may hold; sources, not data sets. */
export type CopyLimits = { readonly bytes: number; readonly files: number };

export const usualLimits: CopyLimits = { bytes: 500_000_000, files: 50_000 };

/** Never needed for a build, at any depth. A virtual environment is known by its pyvenv.cfg, whatever it is called. */
const neverCopied = new Set([
  '.git', '.hg', '.svn', '.venv', 'node_modules', '__pycache__', '.mypy_cache', '.pytest_cache', '.ruff_cache', '.tox', '.nox', '.cache',
]);

/** What earlier builds left in the project's folder; deeper down, packages may have these names. */
const results = new Set(['dist', 'build']);

/** What a copy is made of. */
export type CopyTask = {
  readonly project: string;
  readonly target: string;
  /** A folder of the project that is copied although it looks like the result of a build: the spec lies in it. */
  readonly keep?: string | undefined;
  readonly signal: AbortSignal;
  readonly limits?: CopyLimits;
};

/**
 * Copies a project to a new folder, but for environments, caches and what earlier builds left. Links within the project become links
 * within the copy; those that lead out of it, and what is neither file nor folder, are left out.
 * @returns the links that were left out, relative to the project.
 * @throws {NotTried} when the project is larger than the limits, or the run is interrupted.
 */
export async function copyProject({ project, target, keep, signal, limits = usualLimits }: CopyTask): Promise<string[]> {
  const root = await realpath(project);
  const skippedLinks: string[] = [];
  let bytes = 0;
  let files = 0;

  const copyFolder = async (folder: string): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    if (folder !== '' && entries.some(({ name }) => name === 'pyvenv.cfg')) return;
    await mkdir(join(target, folder), { recursive: true });
    for (const entry of entries) {
      if (signal.aborted) throw new NotTried('interrupted');
      const path = join(folder, entry.name);
      if (neverCopied.has(entry.name) || (folder === '' && results.has(entry.name) && entry.name !== keep)) continue;
      if (entry.isDirectory()) await copyFolder(path);
      else if (entry.isSymbolicLink()) await copyLink(path);
      else if (entry.isFile()) await copyOne(path);
    }
  };
  const copyOne = async (path: string): Promise<void> => {
    files += 1;
    bytes += (await stat(join(root, path))).size;
    if (bytes > limits.bytes || files > limits.files) {
      throw new NotTried(`${project} holds more than ${limits.bytes / 1e6} MB or ${limits.files} files, and a remedy is tried on a ` +
        `copy; keep data out of the project's folder`);
    }
    await copyFile(join(root, path), join(target, path), constants.COPYFILE_FICLONE);
  };
  const copyLink = async (path: string): Promise<void> => {
    const inside = await targetWithin(root, join(root, path));
    if (inside === undefined) skippedLinks.push(path);
    else await symlink(
      relative(dirname(path), inside) || '.', join(target, path), (await stat(join(root, inside))).isDirectory() ? 'dir' : 'file',
    );
  };

  await copyFolder('');
  return skippedLinks;
}

/** Where a link leads, relative to the folder; undefined when that is outside of it, or nowhere. */
async function targetWithin(root: string, link: string): Promise<string | undefined> {
  try {
    const leads = relative(root, await realpath(link));
    return leads === '..' || leads.startsWith(`..${sep}`) || isAbsolute(leads) ? undefined : leads;
  } catch {
    return undefined;
  }
}
