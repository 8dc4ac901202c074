import { lstatSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { join, parse, relative, sep } from 'node:path';
import type { Entry, Link, Oddity } from '../bundle.ts';
import { BundleError } from '../native/errors.ts';
import type { Archive } from './archive/find-archive.ts';
import { shown } from './oddities.ts';
import { isLibraryName, roleOf } from './roles.ts';

/** A bundle with every package of a scientific stack has some 20,000 files. */
const fileLimit = 100_000;

/** Whether the folder of an executable is that of a macOS application. */
export const isInApplication = (folder: string): boolean => slashed(folder).endsWith('.app/Contents/MacOS');

/** How the two folders of a macOS application point at each other's files. */
const betweenFolders = /(?:^|\/)\.\.\/(?:Frameworks|Resources)\//;

/** The files of a one-dir bundle. */
export type Tree = Found & { readonly contentsFolder: string };
type Found = { readonly entries: Entry[]; readonly links: Link[]; readonly oddities: Oddity[] };

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
  const isApplication = isInApplication(folder);
  const contentsFolder = isApplication ? '../Frameworks' : (named ?? '.');
  const top = join(folder, contentsFolder);
  const marks = ['base_library.zip', cookie.pythonLibrary].filter((mark) => mark !== '');
  if (!isFolder(top) || !marks.some((mark) => lstatSync(join(top, mark), { throwIfNoEntry: false }))) {
    const missing = contentsFolder === '.' ? 'the files that were built with it' : `its folder ${contentsFolder}`;
    throw new BundleError(
      `${file}: is the executable of a one-dir bundle, but ${missing} is not beside it; ship and name it inside its whole folder`,
    );
  }
  // A macOS application has data in a folder of its own, linked from the other one.
  const tops = isApplication ? [top, join(folder, '../Resources')].filter(isFolder) : [top];
  const found: Found = { entries: [], links: [], oddities: [] };
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

function walk(top: string, folder: string, found: Found): void {
  const waiting = [top];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    for (const child of readdirSync(current, { withFileTypes: true }).toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
      const path = join(current, child.name);
      if (found.entries.length + found.links.length >= fileLimit) {
        found.oddities.push({ kind: 'too-many-files', sentence: `its folder has more than ${fileLimit} files; the others were not read` });
        return;
      }
      const name = slashed(relative(top, path));
      if (child.isDirectory()) waiting.push(path);
      else if (child.isSymbolicLink()) found.links.push({ name, target: slashed(readlinkSync(path)) });
      else found.entries.push(entryOf(path, name, slashed(relative(folder, path))));
    }
  }
}

function entryOf(path: string, name: string, file: string): Entry {
  const status = lstatSync(path);
  const size = status.isFile() ? status.size : 0;
  // As PyInstaller tells binaries: by name, or by the executable bit where there is one.
  const typeCode = isLibraryName(name) || (status.mode & 0o111) !== 0 ? 'b' : 'x';
  return { name, role: roleOf(typeCode, name), typeCode, storedBytes: size, sizeBytes: size, compressed: false, offset: 0, file };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function slashed(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}
