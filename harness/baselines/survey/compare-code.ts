import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { CouldNotJudge, messageOf } from '../../model/errors.ts';
import { runPython, type Baseline } from '../baseline.ts';
import type { Survey } from './survey.ts';

const script = fileURLToPath(new URL('compare_code.py', import.meta.url));

/** Frozen code, marshalled by the Python that the baseline has too. */
export type FrozenCode = {
  readonly modules: readonly { readonly name: string; readonly code: Uint8Array }[];
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
 * What comes from site-packages, and what is not in the project at all, is left out.
 * @throws {CouldNotJudge} when the interpreter does not get through them within a minute and 2 GB.
 */
export async function differingModules(
  baseline: Baseline, survey: Survey, { modules, entry, optimise }: FrozenCode, signal?: AbortSignal,
): Promise<DifferingModule[]> {
  const [program, ...others] = survey.sourceFolders;
  const input = JSON.stringify({
    modules: modules.map(({ name, code }) => ({ name, code: base64(code) })),
    entry: entry && { file: entry.file, code: base64(entry.code) },
    folders: [...(program === undefined ? [] : [program]), ...survey.standardLibrary, ...survey.packageFolders, ...others],
    sources: survey.sourceFolders,
    optimise,
  });
  try {
    return differing.parse(JSON.parse(await runPython(baseline, [script], { input, signal })));
  } catch (cause) {
    signal?.throwIfAborted();
    throw new CouldNotJudge(`the frozen code could not be compared with the sources: ${messageOf(cause).split('\n')[0]}`, { cause });
  }
}

const base64 = (code: Uint8Array): string => Buffer.from(code.buffer, code.byteOffset, code.byteLength).toString('base64');
