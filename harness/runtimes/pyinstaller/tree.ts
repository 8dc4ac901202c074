import { lstatSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { join, parse, relative, sep } from 'node:path';
import type { Archive } from './archive/find-archive.ts';
import type { Entry, Link, Oddity } from '../bundle.ts';
import { BundleError } from '../native/errors.ts';
import { shown } from './oddities.ts';
import { isLibraryName, roleOf } from './roles.ts';

/** A bundle with every package of a scientific stack has some 20,000 files. */
const fileLimit = 100_000;

/** The files of a one-dir bundle. */
export type Tree = {
  readonly contentsFolder: string;
  readonly entries: readonly Entry[];
  readonly links: readonly Link[];
  readonly oddities: readonly Oddity[];
};

/**
 * Lists the folder of a one-dir executable: what `pyi-contents-directory` names, beside the executable before 6.0 and with ".",
 * and Contents/Frameworks with Contents/Resources in a macOS application. Links are recorded, never followed.
 * @throws {BundleError} when the folder is not there.
 */
export function readTree(file: string, { executable, folder, cookie }: Archive, options: readonly string[]): Tree {
  const named = options.findLast((option) => option.startsWith('pyi-contents-directory '))?.slice(23);
  if (named !== undefined && (named === '..' || /[/\\]/.test(named))) {
    throw new BundleError(`${file}: its files would lie in ${shown(named)}, which is no name of a folder beside it; build it again`);
  }
  const isApplication = slashed(folder).endsWith('.app/Contents/MacOS');
  const contentsFolder = isApplication ? '../Frameworks' : (named ?? '.');
  const top = join(folder, contentsFolder);
  const marks = ['base_library.zip', cookie.pythonLibrary];
  if (!isFolder(top) || !marks.some((mark) => mark !== '' && isThere(join(top, mark)))) {
    const missing = contentsFolder === '.' ? 'the files that were built with it' : `its folder ${contentsFolder}`;
    throw new BundleError(`${file}: is the executable of a one-dir bundle, but ${missing} is not beside it; ship and name it inside ` +
      'its whole folder');
  }
  // A macOS application has data in a folder of its own, linked from the other one.
  const tops = isApplication ? [top, join(folder, '../Resources')].filter(isFolder) : [top];
  const found = { entries: [] as Entry[], links: [] as Link[], oddities: [] as Oddity[] };
  for (const each of tops) walk(each, folder, found);
  const { base, name } = parse(executable);
  const own = [base, `${base}.pkg`, `${name}.pkg`];
  return {
    contentsFolder,
    entries: found.entries.filter((entry) => !own.includes(entry.file ?? '')),
    links: isApplication ? found.links.filter(({ target }) => !betweenFolders.test(target)) : found.links,
    oddities: found.oddities,
  };
}

/** How the two folders of a macOS application point at each other's files. */
const betweenFolders = /(?:^|\/)\.\.\/(?:Frameworks|Resources)\//;

type Found = { readonly entries: Entry[]; readonly links: Link[]; readonly oddities: Oddity[] };

function walk(top: string, folder: string, found: Found): void {
  const waiting = [top];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    for (const child of readdirSync(current, { withFileTypes: true }).toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
      const path = join(current, child.name);
      if (found.entries.length + found.links.length >= fileLimit) {
        found.oddities.push({ kind: 'too-many-files', sentence: `its folder has more than ${fileLimit} files; the others were not read` });
        return;
      }
      if (child.isDirectory()) waiting.push(path);
      else addFile(path, slashed(relative(top, path)), slashed(relative(folder, path)), found);
    }
  }
}

function addFile(path: string, name: string, file: string, found: Found): void {
  const { size, mode, ...status } = statOf(path);
  if (status.isLink) {
    found.links.push({ name, target: slashed(readlinkSync(path)) });
    return;
  }
  // As PyInstaller tells binaries: by name, or by the executable bit where there is one.
  const typeCode = isLibraryName(name) || (mode & 0o111) !== 0 ? 'b' : 'x';
  found.entries.push({
    name, role: roleOf(typeCode, name), typeCode, storedBytes: size, sizeBytes: size, compressed: false, offset: 0, file,
  });
}

function statOf(path: string): { readonly size: number; readonly mode: number; readonly isLink: boolean } {
  const status = lstatSync(path);
  return { size: status.isFile() ? status.size : 0, mode: status.mode, isLink: status.isSymbolicLink() };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function slashed(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}
