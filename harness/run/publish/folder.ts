import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InfrastructureError, messageOf, UsageError } from '../../model/errors.ts';

/** The folder `<reportDir>/<name>`, which holds `ownNames` and nothing else, and is replaced as a whole. */
export class OwnFolder {
  readonly target: string;
  /** Where the next one is made; in `reportDir` itself, since only within one file system a rename is atomic. */
  readonly staging: string;
  readonly #reportDir: string;
  readonly #aside: () => string;
  readonly #ownNames: ReadonlySet<string>;

  constructor(reportDir: string, name: string, ownNames: Iterable<string>) {
    const hidden = (kind: 'partial' | 'old') => join(reportDir, `.${name}.${randomUUID().slice(0, 8)}.${kind}`);
    this.target = join(reportDir, name);
    this.staging = hidden('partial');
    this.#reportDir = reportDir;
    this.#aside = () => hidden('old');
    this.#ownNames = new Set(ownNames);
  }

  /**
   * Creates a folder and those above it. Throws `UsageError` when it cannot; its message speaks of the report folder.
   * Not `mkdir`'s own `recursive`: that never returns where parents exist but take no folder (seen in /proc with Node 24).
   */
  async make(folder: string = this.#reportDir): Promise<void> {
    try {
      await makeWithParents(resolve(folder));
    } catch (error) {
      throw unwritable(this.#reportDir, error);
    }
  }

  /**
   * Removes what an earlier run left; it is renamed first, so that it vanishes in one step. Throws `UsageError` when it cannot, or when
   * the folder holds anything that frostgate did not write.
   */
  async clear(): Promise<void> {
    const foreign = await foreignName(this.target, this.#ownNames);
    if (foreign !== undefined) throw new UsageError(`${this.target} holds ${foreign}, which frostgate did not write; it replaces the ` +
      'whole folder, so nothing else may be in it. Move it away or choose another --report-dir.');
    const aside = this.#aside();
    try {
      await rename(this.target, aside);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return;
      throw unwritable(this.target, error);
    }
    await rm(aside, { recursive: true, force: true });
  }

  /** Another run may publish at any moment: whoever finds a report in the way moves it aside and tries again, so the last one wins. */
  async moveIntoPlace(): Promise<void> {
    const attempts = 100;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await rename(this.staging, this.target);
        return;
      } catch (error) {
        // EPERM and EACCES are what Windows says about a folder in the way.
        const occupied = ['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'ENOTDIR'].includes(codeOf(error));
        if (!occupied || attempt === attempts) {
          throw new InfrastructureError(`The report could not be moved to ${this.target} and stays in ${this.staging}: ` +
            `${messageOf(error)}.`, { cause: error });
        }
      }
      await this.clear();
    }
  }
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

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then((found) => found.isDirectory(), () => false);
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

function unwritable(folder: string, error: unknown): UsageError {
  return new UsageError(`The report folder ${folder} cannot be written (${codeOf(error) || messageOf(error)}); frostgate must be able to ` +
    'create and replace files there. Choose another --report-dir.', { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
