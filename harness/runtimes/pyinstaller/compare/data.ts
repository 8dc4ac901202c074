import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import type { Baseline } from '../../../baselines/baseline.ts';
import type { Closure } from '../../../baselines/recorder/closure.ts';
import type { Survey } from '../../../baselines/survey/survey.ts';
import type { FrozenBundle } from '../../bundle.ts';
import type { Observation } from '../../../model/observation.ts';
import { importsOfFiles } from './imports-of-files.ts';
import { listedFiles } from './listed-files.ts';
import { isLibraryName } from '../roles.ts';
import { insideOf, seenFrom } from './seen-from.ts';
import { plainName, someOf } from './told.ts';

/** Where importable things of the baseline lie. */
type Folders = Pick<Survey, 'packageFolders' | 'sourceFolders'> & Partial<Pick<Survey, 'standardLibrary'>>;

/** Of one owner: files, those of them that are run by their path, who opened the first one. */
type Missing = { readonly files: string[]; readonly run: string[]; importer?: string | undefined; source?: string | undefined };

/** The script that starts the baseline. */
type Started = Pick<Baseline, 'directory' | 'entry'>;

/**
 * Data files that the baseline opened beside its code and that the executable does not hold (BC-04), and those of a folder that it looked
 * into where the executable has nothing of that folder. Metadata of distributions have checks
 * of their own; files whose path has a part that begins with a dot, such as .env, belong to the place where a program runs. A project that
 * asks whether it is frozen may keep its files elsewhere in the bundle, where a file of that name in any folder will do, or beside the
 * executable.
 */
export function missingData(
  bundle: FrozenBundle, closure: Closure, { packageFolders, sourceFolders, standardLibrary = [] }: Folders, started?: Started,
): Observation[] {
  const script = started && join(started.directory, started.entry);
  const held = new Set(bundle.entries.map(({ name }) => name));
  const heldNames = new Set([...held].map((name) => posix.basename(name)));
  const heldFolders = new Set([...held].flatMap(foldersOf));
  const missing = new Map<string, Missing>();
  const isMoved = (file: string): boolean =>
    heldNames.has(posix.basename(file)) || [file, posix.basename(file)].some((each) => existsSync(join(dirname(bundle.file), each)));
  const placesOf = placesIn(closure, { packageFolders, sourceFolders }, started);
  let asks: boolean | undefined;
  const listed = new Set(listedFiles(closure));
  for (const opened of [...closure.files, ...listed]) {
    const { path, link, importer, use } = opened;
    if (use === 'source' || (use === 'native' && isLibraryName(path)) || path === script) continue;
    const places = placesOf(path, importer);
    const [file, ...others] = places.length > 0 || link === undefined ? places : placesOf(link, importer);
    if (file === undefined || [file, ...others].some((each) => held.has(each)) || file.split('/').some(
      (part) => part.startsWith('.') || /\.(dist|egg)-info$/.test(part),
    )) continue;
    if (listed.has(opened) && (!file.includes('/') || [file, ...others].some((each) => heldFolders.has(posix.dirname(each))))) continue;
    if (isMoved(file) && insideOf(packageFolders, path) === undefined && (asks ??= asksWhetherFrozen(closure, sourceFolders))) continue;
    const owner = file.includes('/') ? (file.split('/')[0] ?? file) : file;
    const known = missing.get(owner);
    if (known?.files.includes(file)) continue;
    const from = started && insideOf([started.directory], path);
    missing.set(owner, {
      files: [...(known?.files ?? []), file], run: [...(known?.run ?? []), ...(use === 'run' ? [path] : [])],
      importer: known?.importer || importer, source: from === file ? undefined : from,
    });
  }
  const modules = new Set(bundle.modules.map(({ name }) => name));
  return Array.from(missing, ([owner, { files, run, importer, source }]): Observation => {
    const imports = importsOfFiles(run, modules, { packageFolders, sourceFolders, standardLibrary });
    const elsewhere = files.length === 1 ? [...held].filter((name) => posix.basename(name) === posix.basename(owner)) : [];
    return {
      kind: 'missing-data',
      args: {
        file: files[0] ?? owner, files: files.join(', '), package: owner, ...(importer && { importer }),
        ...(source !== undefined && files[0] === owner && { source }), ...(imports.length > 0 && { imports: imports.join(', ') }),
      },
      line: `${files.join(', ')}: opened by the baseline${importer ? `, first by ${importer}` : ''}; not in the executable` +
        (elsewhere.length === 0 ? '' : `, which has ${someOf(elsewhere.map(plainName), 3)}`),
      names: [...namesOf(files), ...importedBy(imports, closure, modules).map((name) => `module:${name}`)],
    };
  });
}

/** Every folder on the way to a file. */
function foldersOf(file: string): string[] {
  return file.split('/').slice(0, -1).map((_, index, parts) => parts.slice(0, index + 1).join('/'));
}

/** A log may name a file, or the folder that it is in. */
function namesOf(files: readonly string[]): string[] {
  return [...new Set(files.flatMap((file) => [file, ...(file.includes('/') ? [posix.dirname(file)] : [])]))].map((each) => `file:${each}`);
}

/** They, and what is missing because only they import it. */
function importedBy(imports: readonly string[], closure: Closure, held: ReadonlySet<string>): string[] {
  const names = new Set(imports);
  for (const { name, importer } of closure.modules.values()) {
    if (importer !== undefined && names.has(importer) && !held.has(name)) names.add(name);
  }
  return [...names];
}

/**
 * Tells where in the bundle the frozen program may look for a file, the likeliest place first. A file of the project is seen from the
 * folder that the module which opened it is imported from, else from any folder of modules: the path may be another module's. Only a
 * script that asks for its own `__file__`, which is at the top of a bundle wherever the script lies, finds it nowhere but beside itself.
 */
function placesIn(closure: Closure, { packageFolders, sourceFolders }: Folders, started: Started | undefined) {
  const script = started && join(started.directory, started.entry);
  const text = script === undefined ? '' : readOr('', () => readFileSync(script, 'utf8'));
  const isByFile = /\b__file__\b/.test(text) && !/\bresources\b|\bget_data\b/.test(text);
  return (path: string, importer: string | undefined): string[] => {
    const installed = insideOf(packageFolders, path);
    if (installed !== undefined) return [installed];
    const all = seenFrom(sourceFolders, path);
    if (importer === '__main__' && script !== undefined) {
      const beside = insideOf([dirname(realOr(script))], path);
      if (beside !== undefined && isByFile) return [beside];
    }
    const { name = '', origin = '' } = closure.modules.get(importer ?? '') ?? {};
    const root = rootOf(name, origin);
    const own = root === undefined || insideOf(packageFolders, origin) !== undefined ? undefined : insideOf([root], path);
    return own === undefined ? all : [own, ...all.filter((each) => each !== own)];
  };
}

/** The folder that a module is imported from: `/p` for `orders.rules` in `/p/orders/rules.py`. */
function rootOf(name: string, origin: string): string | undefined {
  const parts = name.split('.');
  const isPackage = /^__init__\.[^/\\]*$/.test(basename(origin));
  let folder = dirname(origin);
  for (const part of parts.slice(0, isPackage ? parts.length : -1).toReversed()) {
    if (basename(folder) !== part) return undefined;
    folder = dirname(folder);
  }
  return name === '' ? undefined : folder;
}

function realOr(path: string): string {
  return readOr(path, () => realpathSync(path));
}

/** Whether a module of the project or a script beside its entry mentions what only a frozen program has: `sys.frozen`, `sys._MEIPASS`. */
function asksWhetherFrozen({ modules }: Closure, sourceFolders: readonly string[]): boolean {
  const scripts = sourceFolders.slice(0, 1).flatMap((folder) => readOr([], () => readdirSync(folder)).map((name) => join(folder, name)));
  const origins = [...modules.values()].flatMap(
    ({ origin }) => (origin !== undefined && sourceFolders.some((folder) => isOwn(insideOf([folder], origin))) ? [origin] : []),
  );
  const sources = [...scripts, ...origins].filter((file) => /\.pyw?$/.test(file));
  return sources.some((file) => /\b_MEIPASS\b|\bsys\.frozen\b|["']frozen["']/.test(readOr('', () => readFileSync(file, 'utf8'))));
}

/** An environment may lie in the project. */
function isOwn(file: string | undefined): boolean {
  return file !== undefined && !/(?:^|\/)(?:\.venv|site-packages)\//.test(file);
}

function readOr<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
