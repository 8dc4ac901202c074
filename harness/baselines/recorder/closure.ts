import { copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { CouldNotJudge } from '../../model/errors.ts';
import type { Opened } from '../../system/trace/opened.ts';

const optional = z.string().nullable().transform((value) => value ?? undefined);
const importer = optional.describe('The module that imported, opened or asked first.');

const line = z.object({
  module: z.object({
    name: z.string(), kind: z.enum(['package', 'namespace package', 'module']), origin: optional, importer,
    computed: z.string().optional().describe('Where code of the project made up its name: that, with a * for what is not spelled out.'),
  }),
  file: z.object({ path: z.string(), link: z.string().optional(), importer, use: z.enum(['run', 'read', 'source', 'native']).optional() }),
  listing: z.object({ path: z.string(), by: z.enum(['files', 'modules']), importer }),
  metadata: z.object({ distribution: z.string(), guarded: z.boolean(), importer }),
  entryPoints: z.object({ group: z.string(), name: optional, importer }),
  failed: z.string(),
});
type Line = z.infer<typeof line>;

/** Where it stands in the record: what is asked for first may decide what is loaded later. */
type Placed = { readonly at?: number };

/**
 * One module that the program from source has loaded, by its `__spec__.name`: libraries put one module under several names. A namespace
 * package has no origin.
 */
export type LoadedModule = Readonly<Line['module']> & Placed;

/**
 * A file by its absolute path without links and as the program named it. Code only where it is used as a file: source that is `run` by its
 * path or `read` as text, `source` that `inspect` looks up, and what `native` code opens, a library or a database.
 */
export type OpenedFile = Readonly<Line['file']>;

/** A distribution whose metadata were asked for and found; `guarded` when whoever asked expects that there may be none. */
export type AskedMetadata = Readonly<Line['metadata']> & Placed;

/** Entry points that were asked for: those of a group, or the one of that name. */
export type AskedEntryPoints = Readonly<Line['entryPoints']>;

/** A folder that was looked into: by its files, or by pkgutil, which a frozen program answers with its frozen modules. */
export type ListedFolder = Readonly<Line['listing']>;

/** Everything that a program has loaded, opened and asked for while it was recorded. */
export type Closure = {
  readonly modules: ReadonlyMap<string, LoadedModule>;
  readonly files: readonly OpenedFile[];
  readonly metadata: readonly AskedMetadata[];
  readonly entryPoints: readonly AskedEntryPoints[];
  readonly listings: readonly ListedFolder[];
  /** Files that it opened to write; none where nobody saw its system calls. */
  readonly written: readonly string[];
  /** How many lines were written when the program was ready: what stands before that place was loaded for its start. */
  readonly readyAt?: number;
};

/**
 * The variable that makes Python record into `closure.jsonl` of a folder; it is gone before the program's first line runs, which then
 * sees the `pythonPath` that it is meant to have. The recorder is copied there, because Python writes its bytecode beside it.
 */
export function recordingEnvironment(folder: string, pythonPath?: string): Record<string, string> {
  mkdirSync(folder, { recursive: true });
  for (const name of [recorderName, ...recorderParts]) copyFileSync(fileURLToPath(new URL(name, import.meta.url)), join(folder, name));
  return { PYTHONPATH: [folder, ...(pythonPath ? [pythonPath] : [])].join(delimiter) };
}

const recordName = 'closure.jsonl';
const recorderName = 'sitecustomize.py';
/** What the recorder is made of beside its first file. */
export const recorderParts = ['frostgate_computed.py', 'frostgate_files.py', 'frostgate_frames.py', 'frostgate_modules.py'];

/** What Python opens by itself, of which it tells nothing or too much: code, caches, and what an environment begins with. */
const isOfPython = /\.(?:py[cdow]?|pth|egg-link|dylib|dll|so(?:\.[\d.]+)?)$|\/pyvenv\.cfg$|^\/(?:proc|sys|dev)\//;

/** Parts of the recording itself and of the environment's set-up, which no bundle needs. */
const own = /^(?:__main__|sitecustomize|usercustomize|_distutils_hack(?:\..*)?|__editable__.*|_virtualenv)$/;

/**
 * Reads what was recorded into a folder, each thing once. A last line that was cut by the end of the process is left out, and so are
 * modules whose import failed in the end, and files and modules that were written while the program ran: logs, databases, generated code.
 * Of files that the system saw it open those are taken that Python told nothing of: native code opens them.
 * @throws {CouldNotJudge} when nothing was recorded.
 */
export function readClosure(folder: string, seen: Opened = { read: [], written: [] }): Closure {
  const modules = new Map<string, LoadedModule>();
  const files = new Map<string, OpenedFile>();
  const metadata = new Map<string, AskedMetadata>();
  const entryPoints = new Map<string, AskedEntryPoints>();
  const listings: ListedFolder[] = [];
  const record = join(folder, recordName);
  if (!existsSync(record)) throw new CouldNotJudge("the baseline's Python does not run a sitecustomize from PYTHONPATH, so nothing was " +
    "recorded");
  for (const [at, text] of readFileSync(record, 'utf8').split('\n').slice(0, -1).entries()) {
    const { module, file, metadata: asked, entryPoints: points, listing, failed } = line.partial().parse(JSON.parse(text));
    if (module && !own.test(module.name)) modules.set(module.name, modules.get(module.name) ?? { ...module, at });
    if (file) files.set(file.path, files.get(file.path) ?? file);
    // Whoever does not expect that it may be missing decides.
    if (asked) metadata.set(asked.distribution, (asked.guarded && metadata.get(asked.distribution)) || { ...asked, at });
    if (points) entryPoints.set(`${points.group} ${points.name}`, points);
    if (listing) listings.push(listing);
    if (failed !== undefined) modules.delete(failed);
  }
  for (const path of seen.read) {
    if (!isOfPython.test(path) && !files.has(path) && isFile(path)) files.set(path, { path, importer: undefined, use: 'native' });
  }
  const begunMs = statSync(join(folder, recorderName)).ctimeMs;
  const wasThere = (path: string | undefined): boolean => path === undefined || writtenMs(path) <= begunMs;
  const imported = new Set([...modules.values()].map(({ origin }) => origin));
  const isImported = ({ path, link }: OpenedFile): boolean => imported.has(path) || imported.has(link);
  return {
    modules: new Map([...modules].filter(([, { origin }]) => wasThere(origin))),
    // A loader of the program's own may run what is imported.
    files: [...files.values()].filter((file) => wasThere(file.path) && (file.use !== 'run' || !isImported(file))),
    listings,
    written: seen.written.filter((path) => !isOfPython.test(path)),
    metadata: [...metadata.values()],
    entryPoints: [...entryPoints.values()],
  };
}

/** How many lines stand in the record of a folder, that is, at which place the next thing will. */
export function recordedLines(folder: string): number {
  const record = join(folder, recordName);
  return existsSync(record) ? readFileSync(record, 'utf8').split('\n').length - 1 : 0;
}

/** The modules that were loaded before the program was ready, by name; undefined where it is not known when that was. */
export function modulesOfStart({ modules, readyAt }: Closure): string[] | undefined {
  if (readyAt === undefined) return undefined;
  return [...modules.values()].filter(({ at = Infinity }) => at < readyAt).map(({ name }) => name);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * When a file was made or last written; of a module in an archive, the archive; infinity when it is gone. A file's time of change would
 * tell of hard links, too, which are no change.
 */
function writtenMs(path: string, archive = false): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return dirname(path) === path ? Infinity : writtenMs(dirname(path), true);
  return archive && !found.isFile() ? Infinity : Math.max(found.mtimeMs, found.birthtimeMs);
}

/**
 * Opened files, or folders that were looked into, without those that a worker was told of by an argument or a variable of its
 * environment, by themselves or by a folder of the project that they are in: they belong to the place where it runs, and the executable is
 * told of the same ones.
 */
export function withoutNamed<Used extends { readonly path: string }>(
  files: readonly Used[], project: string, values: readonly string[],
): Used[] {
  const root = resolved(project);
  const named = values.flatMap((value) => resolved(value.replace(/^--?[\w-]+=/, '')) ?? []);
  const isNamed = (path: string): boolean => named.some(
    (each) => path === each || (each !== root && root !== undefined && each.startsWith(root + sep) && path.startsWith(each + sep)),
  );
  return files.filter(({ path }) => !isNamed(path));
}

/** Without links; undefined where there is no such file, or the value is no absolute path. */
function resolved(value: string): string | undefined {
  return /^(?:[\\/]|[A-Za-z]:)/.test(value) && existsSync(value) ? realpathSync(value) : undefined;
}
