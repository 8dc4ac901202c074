import { readBundle } from '../bundle/read-bundle.ts';
import { hintsOf } from '../compare/hints.ts';
import type { Fact } from '../diagnosis/fact.ts';
import { contentsOf } from '../inspect/contents.ts';
import type { Report } from '../report/model.ts';

/** What a report tells of the executable's inside. */
export type Inside = {
  /** Null where the contents cannot be listed. */
  readonly contents: Report['contents'];
  /** What may explain a check that failed without a word. */
  readonly hints: readonly Fact[];
};

const nothing: Inside = { contents: null, hints: [] };

/** Reads the executable once more for its report. One that is damaged, or gone by now, has no contents: the checks say so. */
export async function readInside(binary: string): Promise<Inside> {
  const bundle = await readBundle(binary).catch(() => undefined);
  return bundle === undefined || bundle.kind === 'opaque' ? nothing : { contents: contentsOf(bundle), hints: hintsOf(bundle) };
}
