import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

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

/** Everything that a program has loaded and opened while it was recorded. */
export type Closure = {
  readonly modules: ReadonlyMap<string, LoadedModule>;
  /** Absolute paths of files that were opened for reading and are not code. */
  readonly files: readonly string[];
};

const line = z.union([
  z.object({ module: z.string(), package: z.boolean(), origin: z.string().nullable(), importer: z.string().nullable() }),
  z.object({ file: z.string() }),
]);

/** The variables that make Python record into a file; they are gone before the program's first line runs. */
export function recordingEnvironment(file: string): Record<string, string> {
  return { PYTHONPATH: dirname(fileURLToPath(new URL('sitecustomize.py', import.meta.url))), FROSTGATE_CLOSURE: file };
}

/** Parts of the recording itself and of the environment's set-up, which no bundle needs. */
const own = /^(?:__main__|sitecustomize|usercustomize|_distutils_hack(?:\..*)?|__editable__.*|_virtualenv)$/;

/** Reads what was recorded. A last line that was cut by the end of the process is left out. */
export function readClosure(file: string): Closure {
  const modules = new Map<string, LoadedModule>();
  const files = new Set<string>();
  for (const text of readFileSync(file, 'utf8').split('\n').slice(0, -1)) {
    const entry = line.parse(JSON.parse(text));
    if ('file' in entry) files.add(entry.file);
    else if (!own.test(entry.module) && !modules.has(entry.module)) modules.set(entry.module, moduleOf(entry));
  }
  return { modules, files: [...files] };
}

function moduleOf(entry: { module: string; package: boolean; origin: string | null; importer: string | null }): LoadedModule {
  const kind = !entry.package ? 'module' : entry.origin === null ? 'namespace package' : 'package';
  return { name: entry.module, kind, origin: entry.origin ?? undefined, importer: entry.importer ?? undefined };
}
