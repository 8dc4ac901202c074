import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { CouldNotJudge } from '../../model/errors.ts';

/** One module that the program from source has loaded. */
export type LoadedModule = {
  /** Its `__spec__.name`: libraries put one module under several names. */
  readonly name: string;
  readonly kind: 'package' | 'namespace package' | 'module';
  /** The file that it came from; absent for a namespace package. */
  readonly origin: string | undefined;
  /** The module that imported it first. */
  readonly importer: string | undefined;
};

/** A file that is not code, by its absolute path without links and as the program named it, and the module that opened it first. */
export type OpenedFile = { readonly path: string; readonly link?: string; readonly importer: string | undefined };

/** A distribution whose metadata were asked for and found; `guarded` when whoever asked expects that there may be none. */
export type AskedMetadata = { readonly distribution: string; readonly guarded: boolean; readonly importer: string | undefined };

/** Entry points that were asked for: those of a group, or the one of that name. */
export type AskedEntryPoints = { readonly group: string; readonly name: string | undefined; readonly importer: string | undefined };

/** Everything that a program has loaded, opened and asked for while it was recorded. */
export type Closure = {
  readonly modules: ReadonlyMap<string, LoadedModule>;
  readonly files: readonly OpenedFile[];
  readonly metadata: readonly AskedMetadata[];
  readonly entryPoints: readonly AskedEntryPoints[];
};

const optional = z.string().nullable().transform((value) => value ?? undefined);
const importer = optional;
const line = z.union([
  z.object({ module: z.string(), package: z.boolean(), origin: z.string().nullable(), importer }),
  z.object({ file: z.string(), link: z.string(), importer }),
  z.object({ metadata: z.string(), guarded: z.boolean(), importer }),
  z.object({ group: z.string(), name: optional, importer }),
  z.object({ failed: z.string() }),
]);

/**
 * The variables that make Python record into `closure.jsonl` of a folder; they are gone before the program's first line runs, which then
 * sees
 * the `pythonPath` that it is meant to have. The recorder is copied there, because Python writes its bytecode beside it.
 */
export function recordingEnvironment(folder: string, pythonPath?: string): Record<string, string> {
  mkdirSync(folder, { recursive: true });
  copyFileSync(fileURLToPath(new URL(recorderName, import.meta.url)), join(folder, recorderName));
  return { PYTHONPATH: [folder, ...(pythonPath ? [pythonPath] : [])].join(delimiter), FROSTGATE_CLOSURE: join(folder, recordName) };
}

const recordName = 'closure.jsonl';
const recorderName = 'sitecustomize.py';

/** Parts of the recording itself and of the environment's set-up, which no bundle needs. */
const own = /^(?:__main__|sitecustomize|usercustomize|_distutils_hack(?:\..*)?|__editable__.*|_virtualenv)$/;

/**
 * Reads what was recorded into a folder, each thing once. A last line that was cut by the end of the process is left out, and so are
 * modules
 * whose import failed in the end, and files and modules that were written while the program ran: logs, caches, databases, generated code.
 * @throws {CouldNotJudge} when nothing was recorded.
 */
export function readClosure(folder: string): Closure {
  const modules = new Map<string, LoadedModule>();
  const files = new Map<string, OpenedFile>();
  const metadata = new Map<string, AskedMetadata>();
  const entryPoints = new Map<string, AskedEntryPoints>();
  const record = join(folder, recordName);
  if (!existsSync(record)) throw new CouldNotJudge("the baseline's Python does not run a sitecustomize from PYTHONPATH, so nothing was " +
    "recorded");
  for (const text of readFileSync(record, 'utf8').split('\n').slice(0, -1)) {
    const entry = line.parse(JSON.parse(text));
    if ('file' in entry) files.set(entry.file, files.get(entry.file) ?? { path: entry.file, link: entry.link, importer: entry.importer });
    else if ('failed' in entry) modules.delete(entry.failed);
    else if ('group' in entry) entryPoints.set(`${entry.group} ${entry.name}`, entry);
    else if ('metadata' in entry) {
      const { metadata: distribution, guarded, importer: by } = entry;
      // Whoever does not expect that it may be missing decides.
      if (!guarded || !metadata.has(distribution)) metadata.set(distribution, { distribution, guarded, importer: by });
    } else if (!own.test(entry.module) && !modules.has(entry.module)) modules.set(entry.module, moduleOf(entry));
  }
  const begunMs = statSync(join(folder, recorderName)).ctimeMs;
  const wasThere = (path: string | undefined): boolean => path === undefined || writtenMs(path) <= begunMs;
  return { modules: new Map([...modules].filter(([, { origin }]) => wasThere(origin))), files: [...files.values()].filter(
    ({ path }) => wasThere(path),
  ), metadata: [...metadata.values()], entryPoints: [...entryPoints.values()] };
}

/**
 * When a file was made or last written; of a module in an archive, the archive; infinity when it is gone. A file's time of change would
 * tell of hard
 * links, too, which are no change.
 */
function writtenMs(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false }) ?? archiveOf(dirname(path));
  return found === undefined ? Infinity : Math.max(found.mtimeMs, found.birthtimeMs);
}

function archiveOf(path: string): Stats | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined) return found.isFile() ? found : undefined;
  return dirname(path) === path ? undefined : archiveOf(dirname(path));
}

function moduleOf(entry: { module: string; package: boolean; origin: string | null; importer: string | undefined }): LoadedModule {
  const kind = !entry.package ? 'module' : entry.origin === null ? 'namespace package' : 'package';
  return { name: entry.module, kind, origin: entry.origin ?? undefined, importer: entry.importer };
}
