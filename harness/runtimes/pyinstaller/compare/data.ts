import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import type { Closure } from '../../../baselines/recorder/closure.ts';
import type { Survey } from '../../../baselines/survey/survey.ts';
import type { FrozenBundle } from '../../bundle.ts';
import type { Observation } from '../../../model/observation.ts';

/** Where importable things of the baseline lie. */
type Folders = Pick<Survey, 'packageFolders' | 'sourceFolders'>;

/**
 * Data files that the baseline opened beside its code and that the executable does not hold (BC-04). Metadata of distributions have checks
 * of their own; files whose path has a part that begins with a dot, such as .env, belong to the place where a program runs. A project that
 * asks whether it is frozen may keep its files elsewhere in the bundle, where a file of that name in any folder will do, or beside the
 * executable.
 */
export function missingData(bundle: FrozenBundle, closure: Closure, { packageFolders, sourceFolders }: Folders): Observation[] {
  const held = new Set(bundle.entries.map(({ name }) => name));
  const heldNames = new Set([...held].map((name) => posix.basename(name)));
  const missing = new Map<string, { readonly files: string[]; importer?: string | undefined }>();
  const isMoved = (file: string): boolean =>
    heldNames.has(posix.basename(file)) || [file, posix.basename(file)].some((each) => existsSync(join(dirname(bundle.file), each)));
  let asks: boolean | undefined;
  for (const { path, link, importer } of closure.files) {
    const folders = [...packageFolders, ...sourceFolders];
    const file = insideOf(folders, path) ?? (link === undefined ? undefined : insideOf(folders, link));
    if (file === undefined || held.has(file) || file.split('/').some(
      (part) => part.startsWith('.') || /\.(dist|egg)-info$/.test(part),
    )) continue;
    if (isMoved(file) && insideOf(packageFolders, path) === undefined && (asks ??= asksWhetherFrozen(closure, sourceFolders))) continue;
    const owner = file.includes('/') ? (file.split('/')[0] ?? file) : file;
    const known = missing.get(owner);
    missing.set(owner, { files: [...(known?.files ?? []), file], importer: known?.importer || importer });
  }
  return Array.from(missing, ([owner, { files, importer }]): Observation => ({
    kind: 'missing-data',
    args: { file: files[0] ?? owner, files: files.join(', '), package: owner, ...(importer && { importer }) },
    line: `${files.join(', ')}: opened by the baseline${importer ? `, first by ${importer}` : ''}; not in the executable`,
    names: files.map((file) => `file:${file}`),
  }));
}

/** The file as seen from the innermost of the folders that holds it, with `/` between its parts. */
function insideOf(folders: readonly string[], path: string): string | undefined {
  const inside = folders.map((folder) => relative(folder, path).replaceAll('\\', '/')).filter(
    (each) => each !== '' && !each.startsWith('../') && !/^([A-Za-z]:)?\//.test(each),
  );
  return inside.toSorted((a, b) => a.length - b.length)[0];
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
