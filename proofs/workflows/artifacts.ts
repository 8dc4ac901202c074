import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, matchesGlob, relative, resolve, sep } from 'node:path';

/** Characters that an artifact's paths and names must not have (actions/toolkit, path-and-artifact-name-validation). */
const forbidden = /["<>|*?:\r\n]/;

type Upload = { readonly name: string; readonly path: string; readonly archive: boolean; readonly hidden: boolean };

/** The artifacts of one run, each a folder: the rules of actions/upload-artifact 7 and actions/download-artifact 8. */
export class Artifacts {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Where an artifact's files are. */
  at(name: string): string {
    return join(this.#folder, name);
  }

  /** All names. */
  names(): string[] {
    return readdirSync(this.#folder);
  }

  remove(name: string): void {
    rmSync(this.at(name), { recursive: true });
  }

  /**
   * Stores a file or a folder's content; patterns are not supported here. @throws {Error} when there is nothing, or a name is taken or not
   * allowed.
   */
  upload({ name, path, archive, hidden }: Upload, workspace: string): void {
    const found = filesOf(resolve(workspace, path));
    const files = found.files.filter((file) => hidden || !relative(workspace, file).split(sep).some((part) => part.startsWith('.')));
    if (files.length === 0) throw new Error(`no files were found with the provided path: ${path}`);
    if (!archive && files.length > 1) throw new Error('without an archive one file can be uploaded, no more');
    const { root } = found;
    const artifact = archive ? name : basename(files[0] ?? '');
    const bad = [artifact, ...files.map((file) => relative(root, file))].find((text) => forbidden.test(text));
    if (bad !== undefined) throw new Error(`not allowed in an artifact: ${bad}`);
    if (existsSync(this.at(artifact))) throw new Error(`an artifact with the name ${artifact} already exists`);
    for (const file of files) {
      const stored = join(this.at(artifact), relative(root, file));
      cpSync(file, stored);
      chmodSync(stored, 0o644); // an artifact keeps no x bit
    }
  }

  /** One artifact into a folder by name, or several by pattern, each in a folder of its name or all in one. A pattern may match nothing. */
  download(wanted: { readonly name?: string; readonly pattern?: string; readonly merge: boolean }, folder: string): void {
    if (wanted.name !== undefined && !existsSync(this.at(wanted.name))) throw new Error(`artifact not found for name: ${wanted.name}`);
    mkdirSync(folder, { recursive: true });
    const names = wanted.name === undefined ? this.names().filter((name) => matchesGlob(name, wanted.pattern ?? '*')) : [wanted.name];
    for (const name of names) cpSync(
      this.at(name), wanted.name === undefined && !wanted.merge ? join(folder, name) : folder, { recursive: true },
    );
  }
}

/** Paths in an artifact count from the folder that was named, or from the file's. */
function filesOf(path: string): { readonly root: string; readonly files: readonly string[] } {
  if (!existsSync(path)) return { root: path, files: [] };
  if (!statSync(path).isDirectory()) return { root: dirname(path), files: [path] };
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return { root: path, files: entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)) };
}
