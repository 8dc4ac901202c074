import { readBundle } from '../runtimes/read-bundle.ts';
import { hintsOf } from '../runtimes/pyinstaller/compare/hints.ts';
import type { Observation } from '../model/observation.ts';
import { contentsOf } from './inspect/contents.ts';
import type { Report } from '../model/report.ts';

/** What a report tells of the executable's inside. */
export type Inside = {
  /** Null where the contents cannot be listed. */
  readonly contents: Report['contents'];
  /** What may explain a check that failed without a word. */
  readonly hints: readonly Observation[];
};

const nothing: Inside = { contents: null, hints: [] };

/** Reads the executable once more for its report. One that is damaged, or gone by now, has no contents: the checks say so. */
export async function readInside(binary: string): Promise<Inside> {
  const bundle = await readBundle(binary).catch(() => undefined);
  return bundle === undefined || bundle.kind === 'opaque' ? nothing : { contents: contentsOf(bundle), hints: hintsOf(bundle) };
}
