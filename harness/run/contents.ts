import type { Subject } from '../runtimes/subject.ts';
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

/** What is told of the subject's inside. One that is damaged has no contents: the checks say so. */
export function insideOf({ bundle }: Subject): Inside {
  return bundle === undefined || bundle.kind === 'opaque' ? nothing : { contents: contentsOf(bundle), hints: hintsOf(bundle) };
}
