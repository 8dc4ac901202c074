import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { runPython, type Baseline } from '../baseline.ts';

const script = fileURLToPath(new URL('survey.py', import.meta.url));
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

/** A distribution as it is installed. */
export type InstalledDistribution = Survey['distributions'][number];

/**
 * Asks the baseline's interpreter once what its environment holds; nothing of the project is imported. It takes about 0.3 s.
 * @throws {UsageError} when the interpreter does not answer; the message says what to do.
 */
export async function surveyBaseline(
  baseline: Baseline, { namespaces, signal }: { readonly namespaces: readonly string[]; readonly signal?: AbortSignal },
): Promise<Survey> {
  const program = dirname(join(baseline.directory, baseline.entry));
  return survey.parse(JSON.parse(await runPython(baseline, [script, program, ...namespaces], { signal })));
}
