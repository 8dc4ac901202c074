import type { FrozenBundle } from '../../runtimes/bundle.ts';
import { hintsOf, mentionHints } from '../../runtimes/pyinstaller/compare/hints.ts';
import { readMentions } from '../../runtimes/pyinstaller/examine.ts';
import { foreignMembers } from '../../runtimes/pyinstaller/compare/native-architecture.ts';
import { observationRows, hazardOf } from '../../runtimes/pyinstaller/hazards/observation-rows.ts';
import type { Observation } from '../../model/observation.ts';
import { oneLine } from '../../model/text.ts';

/** Something that looks wrong in an executable that nobody has run: what it can lead to, what to do, and what tells it. */
export type Hint = { readonly hazard: string; readonly cause: string; readonly remedy: string; readonly line: string };

/** What looks wrong in a bundle by itself. @throws what the file system throws, and {BundleError} when the file changed. */
export async function readHints(bundle: FrozenBundle): Promise<Hint[]> {
  const mentions = await readMentions(bundle);
  return [...foreignMembers(bundle), ...hintsOf(bundle), ...mentionHints(bundle, mentions)].map(hintOf);
}

function hintOf(fact: Observation): Hint {
  const { kind, args, line } = fact;
  const row = observationRows[kind];
  return { hazard: hazardOf(fact), cause: oneLine(row.cause(args)), remedy: row.remedy(args), line: oneLine(line) };
}
