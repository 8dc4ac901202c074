import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { CouldNotJudge, messageOf } from '../../model/errors.ts';
import { runPython, type Baseline } from '../baseline.ts';

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const list = z.array(z.string()).readonly();

const distribution = z.object({
  name: z.string(),
  version: z.string(),
  /** Of its metadata, for example "redis-8.1.0.dist-info". */
  folder: z.string(),
  /** The import names where its own part begins: "yaml", and below a namespace package "google.protobuf". */
  topLevel: list,
  /** The lines of its entry_points.txt. */
  entryPoints: z.array(z.object({ group: z.string(), name: z.string(), target: z.string() }).readonly()).readonly(),
}).readonly();

const survey = z.object({
  /** For example "3.11.2". */
  pythonVersion: z.string(),
  /** The first two bytes of its .pyc files as a number, as in FrozenBundle. */
  bytecodeMagic: z.number(),
  /** Where distributions are installed: site-packages. All folders are absolute and free of links. */
  packageFolders: list,
  /**
   * The entry script's folder, then every other one from which modules come that is neither site-packages nor standard library, editable
   * installations too; last the project's.
   */
  sourceFolders: list,
  standardLibrary: list,
  distributions: z.array(distribution).readonly(),
  /** Distributions by the first part of their import names, where more than one distribution brings it. */
  providers: z.record(z.string(), list).readonly(),
  /** For each namespace that was asked for, the full names of the modules right below it; empty where there is no such package. */
  children: z.record(z.string(), list).readonly(),
}).readonly();

/** What a baseline's Python environment holds. Plain data. */
export type Survey = z.infer<typeof survey>;

/**
 * Asks the baseline's interpreter once what its environment holds; nothing of the project is imported. It takes about 0.3 s.
 * @throws {UsageError} when the interpreter does not answer; the message says what to do.
 */
export async function surveyBaseline(
  baseline: Baseline, { namespaces, signal }: { readonly namespaces: readonly string[]; readonly signal?: AbortSignal },
): Promise<Survey> {
  const program = dirname(join(baseline.directory, baseline.entry));
  return survey.parse(JSON.parse(await runPython(baseline, [script('survey.py'), program, ...namespaces], { signal })));
}

/** Frozen code, marshalled by the Python that the baseline has too. */
export type FrozenCode = {
  readonly modules: readonly { readonly name: string; readonly start: number; readonly end: number }[];
  /** The file in which the modules' code lies from `start` to `end`, deflated. */
  readonly archive: string;
  /** The entry script's code and the path of its source. */
  readonly entry?: { readonly file: string; readonly code: Uint8Array } | undefined;
  /** The level at which it was compiled. */
  readonly optimise: 0 | 1 | 2;
};

const differing = z.array(z.object({
  /** `__main__` for the entry script. */
  module: z.string(),
  /** The absolute path of its source, also where that is gone. */
  file: z.string(),
  /** `different`, `gone`, or a sentence about code that cannot be read. */
  reason: z.string(),
}));

/** A frozen module of the project that is not what the project's source gives. */
export type DifferingModule = z.infer<typeof differing>[number];

/**
 * Compiles the project's sources with its own interpreter and names the modules whose frozen code does something else; nothing is run.
 * What is installed is compared with its own source, where it is asked for; what is in neither place is left out.
 * @throws {CouldNotJudge} when the interpreter does not get through them within a minute and 2 GB.
 */
export async function differingModules(
  baseline: Baseline, { sourceFolders, standardLibrary, packageFolders }: Survey, { modules, archive, entry, optimise }: FrozenCode,
  signal?: AbortSignal,
): Promise<DifferingModule[]> {
  const input = JSON.stringify({
    archive,
    modules,
    entry: entry && { file: entry.file, code: Buffer.from(entry.code).toString('base64') },
    folders: [...sourceFolders.slice(0, 1), ...standardLibrary, ...packageFolders, ...sourceFolders.slice(1)],
    sources: sourceFolders,
    installed: packageFolders,
    optimise,
  });
  try {
    return differing.parse(JSON.parse(await runPython(baseline, [script('compare_code.py')], { input, signal })));
  } catch (cause) {
    signal?.throwIfAborted();
    throw new CouldNotJudge(`the frozen code could not be compared with the sources: ${messageOf(cause).split('\n')[0]}`, { cause });
  }
}
