import { withFile } from './native/byte-source.ts';
import { describeOpened, type Described } from './native/executable.ts';
import { recognise } from './registry.ts';
import type { Made } from './runtime.ts';

/** What a file is, as far as its headers tell, and what made it. */
export type Identity = Described & Made & {
  /** The runtime that made it, for an executable. */
  readonly runtime?: string;
};

/** Tells what a file is from a bounded number of its bytes, which may be any. Throws a BundleError when it is written to meanwhile. */
export async function identify(file: string): Promise<Identity> {
  return await withFile(file, async (source) => {
    const { executable, ...described } = await describeOpened(source);
    if (executable === undefined) return described;
    const { runtime, made } = await recognise({ file, source, executable });
    // What is cut off at its end has lost its archive too: the first reason says more.
    return { ...described, ...(described.damage === undefined && made), runtime: runtime.id };
  });
}
