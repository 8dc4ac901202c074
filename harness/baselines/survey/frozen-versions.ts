import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { CouldNotJudge, messageOf } from '../../model/errors.ts';
import { runPython, type Baseline } from '../baseline.ts';
import type { FrozenCode, Survey } from './survey.ts';

const script = fileURLToPath(new URL('frozen_versions.py', import.meta.url));

const told = z.array(z.object({
  name: z.string(),
  /** The installed one. */
  version: z.string(),
  /** What its frozen code says where the installed code says the installed version; null where neither says one. */
  says: z.string().nullable(),
  /** Its frozen code beside the installed files; not read where `says` tells, or where no code of it is inside. */
  code: z.enum(['same', 'other', 'unread']),
  /** Its native files that are inside, as its wheel's RECORD has them: SHA-256 in hexadecimal, bytes. */
  natives: z.array(z.object({ file: z.string(), sha256: z.string().nullable(), sizeBytes: z.number().nullable() })),
}));

/** What the frozen code tells of one distribution that the baseline has installed and of which something is inside. */
export type FrozenVersion = z.infer<typeof told>[number];

/** What is inside: the code that the baseline's Python can read, names of modules and files, and distributions that need no answer. */
export type Inside = Pick<FrozenCode, 'modules' | 'archive' | 'optimise'> & {
  readonly held: readonly string[];
  readonly known: readonly string[];
};

/**
 * Asks the baseline's interpreter which versions of what it has installed are frozen; nothing is imported or run.
 * @throws {CouldNotJudge} when it does not get through within a minute and 2 GB.
 */
export async function frozenVersions(
  baseline: Baseline, { packageFolders }: Pick<Survey, 'packageFolders'>, inside: Inside, signal?: AbortSignal,
): Promise<FrozenVersion[]> {
  try {
    return told.parse(JSON.parse(await runPython(baseline, [script], {
      input: JSON.stringify({ ...inside, folders: packageFolders }), signal,
    })));
  } catch (cause) {
    signal?.throwIfAborted();
    throw new CouldNotJudge(`the versions inside could not be read: ${messageOf(cause).split('\n')[0]}`, { cause });
  }
}
