import { constants, existsSync, readdirSync } from 'node:fs';
import { cp, lstat, realpath, rm, stat, symlink } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Baseline } from '../baselines/baseline.ts';
import { NotTried } from '../model/not-tried.ts';
import { buildCommands, type BuildSource } from '../runtimes/pyinstaller/rebuild/build-commands.ts';
import type { Workshop } from '../runtimes/pyinstaller/rebuild/build.ts';
import { copyEnvironment, environmentFolder, type Moved } from '../runtimes/pyinstaller/rebuild/copy-environment.ts';
import { requireFreezer } from '../runtimes/pyinstaller/rebuild/require-freezer.ts';

/** How much a project may hold; sources, not data sets. */
const usualLimits = { bytes: 500_000_000, files: 50_000 };

/** Never needed for a build, at any depth. A virtual environment is known by its pyvenv.cfg, whatever it is called. */
const neverCopied = new Set([
  '.git', '.hg', '.svn', '.venv', 'node_modules', '__pycache__', '.mypy_cache', '.pytest_cache', '.ruff_cache', '.tox', '.nox', '.cache',
]);

/** What earlier builds left in the project's folder; deeper down, packages may have these names. */
const results = new Set(['dist', 'build']);

/** What is rebuilt. */
export type Project = Pick<Workshop, 'run' | 'signal'> & {
  readonly baseline: Pick<Baseline, 'directory' | 'python' | 'manager' | 'entry'>;
  readonly binary: string;
  /** `source` of the contract. */
  readonly named: BuildSource['named'];
};

/**
 * Finds out how a project is built, and copies its environment into the run's folder, where each build gets a fresh copy of the project.
 * @throws {NotTried} when it cannot be built; the message says what to do.
 */
export async function prepare({ baseline, binary, named, run, signal }: Project): Promise<Workshop> {
  const { directory, python } = baseline;
  const commands = buildCommands({ baseline, binary, named });
  // A command that somebody wrote may bring its own.
  if (named?.build === undefined && commands.every(({ scripts }) => scripts.length === 0)) await requireFreezer(baseline, signal);
  const folder = join(run.folder, 'remedies');
  const copy = join(folder, 'project');
  const own = environmentFolder(python);
  const inside = own === undefined ? undefined : insideOf(directory, own);
  const environment = own === undefined ? dirname(dirname(python)) : join(copy, inside ?? '.venv');
  const moved: readonly Moved[] = [directory, await realpath(directory)].map((from): Moved => [from, copy]).concat(
    own === undefined ? [] : [[own, environment], [await realpath(own), environment]],
  );
  if (own !== undefined) await copyEnvironment(own, environment, moved);
  const layOut = async (): Promise<readonly string[]> => {
    await emptied(copy, environment);
    return await copyProject({ project: directory, target: copy, keep: commands[0]?.spec?.split(sep)[0], signal });
  };
  return { baseline, commands, layOut, copy, environment, moved, binaryName: basename(binary), folder, run, signal };
}

/** Removes all but the environment and what leads to it. */
async function emptied(folder: string, environment: string): Promise<void> {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const path = join(folder, name);
    if (path === environment) continue;
    if (environment.startsWith(path + sep)) await emptied(path, environment);
    else await rm(path, { recursive: true, force: true });
  }
}

/** What a copy is made of. */
type CopyTask = {
  readonly project: string;
  readonly target: string;
  /** A folder of the project that is copied although it looks like the result of a build: the spec lies in it. */
  readonly keep?: string | undefined;
  readonly signal: AbortSignal;
  readonly limits?: typeof usualLimits;
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
  const isWanted = async (source: string): Promise<boolean> => {
    if (signal.aborted) throw new NotTried('interrupted');
    const path = relative(root, source);
    const name = basename(path);
    if (neverCopied.has(name) || (name === path && results.has(name) && name !== keep)) return false;
    const entry = await lstat(source);
    if (entry.isDirectory()) return path === '' || !existsSync(join(source, 'pyvenv.cfg'));
    if (entry.isSymbolicLink()) await copyLink(path);
    if (!entry.isFile()) return false;
    files += 1;
    bytes += entry.size;
    if (bytes <= limits.bytes && files <= limits.files) return true;
    throw new NotTried(`${project} holds more than ${limits.bytes / 1e6} MB or ${limits.files} files, and a remedy is tried on a ` +
      `copy; keep data out of the project's folder`);
  };
  const copyLink = async (path: string): Promise<void> => {
    const inside = await targetWithin(root, join(root, path));
    if (inside === undefined) skippedLinks.push(path);
    else {
      const type = (await stat(join(root, inside))).isDirectory() ? 'dir' : 'file';
      await symlink(relative(dirname(path), inside) || '.', join(target, path), type);
    }
  };
  // With their times: make and others go by them.
  await cp(root, target, { recursive: true, mode: constants.COPYFILE_FICLONE, preserveTimestamps: true, filter: isWanted });
  return skippedLinks;
}

/** Where a link leads, relative to the folder; undefined when that is outside of it, or nowhere. */
async function targetWithin(root: string, link: string): Promise<string | undefined> {
  try {
    return insideOf(root, await realpath(link));
  } catch {
    return undefined;
  }
}

/** A path as seen from a folder that holds it; undefined for one that lies elsewhere. */
function insideOf(folder: string, path: string): string | undefined {
  const seen = relative(folder, path);
  return seen === '..' || seen.startsWith(`..${sep}`) || isAbsolute(seen) ? undefined : seen;
}
