import { withFile, type ByteSource } from './byte-source.ts';
import { readExecutable } from './native-file.ts';
import type { Executable } from './executable.ts';
import { isText } from './text.ts';

/** What a file is, as far as its own headers tell. */
export type Described = {
  readonly format: Executable['format'] | 'text' | 'empty' | 'unknown';
  /** As platformId names them, for example "linux-amd64"; several for a universal Mach-O. */
  readonly platforms: readonly string[];
  readonly sizeBytes: number;
  /** Why the file cannot be whole, in one sentence without a full stop; absent when nothing speaks against it. */
  readonly damage?: string;
};

/**
 * Tells what a file is from a bounded number of its bytes, without running it; whatever they are, it does not throw.
 * Throws only what the file system throws, and a BundleError when the file is written to meanwhile.
 */
export async function describeFile(file: string): Promise<Described> {
  const { executable: _, ...described } = await withFile(file, describeOpened);
  return described;
}

/** The same of an open file, with its headers where it is an executable. */
export async function describeOpened(source: ByteSource): Promise<Described & { readonly executable?: Executable }> {
  const { sizeBytes } = source;
  const executable = await readExecutable(source);
  if (executable === undefined) {
    return { format: sizeBytes === 0 ? 'empty' : (await isText(source)) ? 'text' : 'unknown', platforms: [], sizeBytes };
  }
  const { format, platforms, damage } = executable;
  return { format, platforms, sizeBytes, executable, ...(damage !== undefined && { damage }) };
}
