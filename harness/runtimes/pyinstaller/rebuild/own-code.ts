import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { isInEntry, type Edit, type SpecChange } from '../hazards/edits.ts';

/** Where a project has its own code, and from where its build counts paths. */
export type OwnCode = {
  readonly project: string;
  /** The script that starts the worker, relative to the project. */
  readonly entry: string;
  /** The spec file's folder, relative to the project; the project's own where there is no spec file. */
  readonly from: string;
  /** The script that is frozen, relative to the project, where the build tells of one. */
  readonly script?: string | undefined;
};

/** Above this the package is named. */
const mostModules = 200;

/**
 * A change as this project needs it. What PyInstaller's functions collect, they collect of what is installed, or lies on the path of the
 * build: a project's own packages often are neither, and then nothing is collected without a word. Their files and modules are named each.
 */
export function settled(change: SpecChange, own: OwnCode): SpecChange {
  return change.flatMap((edit) => {
    if (edit.kind === 'data') return dataOf([edit.name], own) ?? [edit];
    if (edit.kind === 'package-data') return dataOf(edit.files ?? [], own) ?? [withoutFiles(edit)];
    if (edit.kind === 'libraries') return librariesOf(edit.files ?? [], own) ?? [librariesWithoutFiles(edit)];
    if (isInEntry(edit)) return [{ ...edit, to: own.script ?? own.entry }];
    if (edit.kind === 'submodules') return modulesOf(edit.name, own) ?? [edit];
    return [edit];
  });
}

function withoutFiles({ kind, name, python }: Edit): Edit {
  return { kind, name, ...(python && { python }) };
}

function librariesWithoutFiles({ kind, name, patterns }: Edit): Edit {
  return { kind, name, ...(patterns && { patterns }) };
}

/** Each library with its folder; undefined where they are not the project's. */
function librariesOf(files: readonly string[], own: OwnCode): Edit[] | undefined {
  const found = files.flatMap((file): Edit[] => {
    const base = baseOf(file, own);
    return base === undefined ? [] : [{ kind: 'library', name: posix.normalize(seenFrom(own, base, file)), to: posix.dirname(file) }];
  });
  return found.length === 0 ? undefined : found;
}

/** The folder below which the project has a path; undefined where it has none of that name. */
function baseOf(path: string, { project, entry }: OwnCode): string | undefined {
  return ['', 'src', dirname(entry)].find((base) => existsSync(join(project, base, path)));
}

/** Each file with its folder, or, below a package, the folder itself where that holds data only, or sources that are read as files. */
function dataOf(files: readonly string[], own: OwnCode): Edit[] | undefined {
  const found = files.flatMap((file) => {
    const base = baseOf(file, own);
    return base === undefined ? [] : [{ base, path: wholeFolder(join(own.project, base), file) ?? file, file }];
  });
  const paths = new Set(found.map(({ path }) => path));
  const wanted = found.filter(({ path, file }, index) => !found.slice(0, index).some((other) => other.path === path) &&
    ![...paths].some((other) => other !== path && file.startsWith(`${other}/`)));
  if (wanted.length === 0) return undefined;
  return wanted.map(({ base, path, file }) => (
    { kind: 'data', name: posix.normalize(seenFrom(own, base, path)), to: path === file ? posix.dirname(path) : path }
  ));
}

function seenFrom({ from }: OwnCode, base: string, path: string): string {
  return relative(from, join(base, path)).replaceAll('\\', '/');
}

function wholeFolder(base: string, file: string): string | undefined {
  const folder = posix.dirname(file);
  if (!folder.includes('/')) return undefined;
  const hasSource = readdirSync(join(base, folder), { recursive: true, encoding: 'utf8' }).some((name) => /\.pyw?$/.test(name));
  return file.endsWith('.py') || !hasSource ? folder : undefined;
}

function modulesOf(name: string, own: OwnCode): Edit[] | undefined {
  const path = name.replaceAll('.', '/');
  const base = baseOf(path, own);
  if (base === undefined) return undefined;
  const below = readdirSync(join(own.project, base, path), { recursive: true, encoding: 'utf8' });
  const modules = below.filter((file) => file.endsWith('.py')).map((file) => file.replaceAll('\\', '/').replace(/\.py$/, '')).filter(
    (file) => file.split('/').every((part) => /^\w[\w-]*$/.test(part)) && !/(?:^|\/)__(?:init|main)__$/.test(file),
  );
  if (modules.length === 0 || modules.length > mostModules) return undefined;
  return modules.toSorted().map((file) => ({ kind: 'hidden-import', name: `${name}.${file.replaceAll('/', '.')}` }));
}
