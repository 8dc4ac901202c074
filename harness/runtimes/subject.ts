import { stat } from 'node:fs/promises';
import { messageOf } from '../model/errors.ts';
import type { Observation } from '../model/observation.ts';
import type { Bundle } from './bundle.ts';
import type { Identity } from './identify.ts';
import { BundleError } from './native/errors.ts';
import { outerOddities } from './outer.ts';
import { withFile } from './native/byte-source.ts';
import { readExecutable } from './native/executable.ts';
import { readOther } from './native/native.ts';
import type { Mentions } from './pyinstaller/compare/hints/mentions.ts';
import type { ExamineOptions, Problem } from './pyinstaller/examine.ts';
import { recognise } from './registry.ts';
import type { Listed } from './runtime.ts';

/** One executable, opened once: what it is, what it holds, and its hash. Plain data: it can be handed to another thread. */
export type Subject = Contents & {
  readonly identity: Identity;
  /** Before anything was started. */
  readonly sha256: string;
};

/** All that is read of a file. */
export type Contents = {
  /** Absent where the file is damaged. */
  readonly bundle?: Bundle;
  /** What is not as it was when the file was built. */
  readonly problems: readonly Problem[];
  /** What its code mentions and the secrets in it; absent where nothing inside can be listed. */
  readonly mentions?: Mentions;
  readonly secrets?: readonly Observation[];
};

/**
 * Reads what a file is and holds, without running it: of PyInstaller's executables everything that can be listed, of others what their
 * headers tell. It inflates only what the list needs; `readContents` reads the rest.
 * @throws {BundleError} when there is no such file, or its runtime is known and it is damaged, contradictory, written to meanwhile, or
 *   one-dir without its folder.
 */
export async function readBundle(file: string): Promise<Bundle> {
  return await withOuter((await read(file)).bundle, file);
}

/** With `listOnly`, only what the list needs is read; `original` is the file of which this one is a copy. */
export type ReadOptions = ExamineOptions & { readonly listOnly?: boolean; readonly original?: string };

/** The same, with every byte of it read once for all that bytes can tell; what keeps a file from being read is a problem of it. */
export async function readContents(file: string, { listOnly = false, original = file, ...whole }: ReadOptions = {}): Promise<Contents> {
  try {
    const { bundle, examination } = await read(file, listOnly ? undefined : whole);
    const damages = bundle.oddities.filter(({ kind }) => kind === 'damaged-executable');
    const problems = damages.map(({ sentence }) => ({ subject: file, sentence }));
    return { bundle: await withOuter(bundle, original), ...examination, problems: [...problems, ...(examination?.problems ?? [])] };
  } catch (error) {
    if (error instanceof BundleError) return { problems: [{ subject: file, sentence: error.message }] };
    throw error;
  }
}

async function withOuter(bundle: Bundle, file: string): Promise<Bundle> {
  return { ...bundle, oddities: [...bundle.oddities, ...(await outerOddities(file))] };
}

async function read(file: string, whole?: ExamineOptions): Promise<Listed> {
  try {
    const status = await stat(file);
    if (status.isDirectory()) throw new BundleError(`${file}: is a folder; name the executable in it`);
    if (!status.isFile()) throw new BundleError(`${file}: is no regular file; name an executable`);
    return await withFile(file, async (source) => {
      const executable = await readExecutable(source);
      if (executable === undefined) return { bundle: await readOther(source, file) };
      const opened = { file, source, executable };
      const { runtime } = await recognise(opened);
      return await runtime.open(opened, whole);
    });
  } catch (cause) {
    // What the file system says, as a sentence for whoever named the file.
    const code = cause instanceof Error && 'code' in cause && 'syscall' in cause ? cause.code : undefined;
    if (code === undefined) throw cause;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new BundleError(`${file}: no such file; build it first, or name another`, { cause });
    throw new BundleError(`${file}: cannot be read: ${messageOf(cause)}`, { cause });
  }
}
