import type { FrozenBundle } from '../bundle/bundle.ts';
import { hintsOf, mentionHints } from '../compare/hints.ts';
import { readMentions } from '../compare/hints/mentions.ts';
import { foreignMembers } from '../compare/native-architecture.ts';
import { factRows, hazardOf } from '../diagnosis/fact-rows.ts';
import type { Fact } from '../diagnosis/fact.ts';
import { oneLine } from '../report/text.ts';

/** Something that looks wrong in an executable that nobody has run: what it can lead to, what to do, and what tells it. */
export type Hint = { readonly hazard: string; readonly cause: string; readonly remedy: string; readonly line: string };

/**
 * What looks wrong in a bundle, by itself: without its source, its contract or a log.
 * @throws what the file system throws, and {BundleError} when the file changed.
 */
export async function readHints(bundle: FrozenBundle): Promise<Hint[]> {
  const mentions = await readMentions(bundle);
  return [...foreignMembers(bundle), ...hintsOf(bundle), ...mentionHints(bundle, mentions)].map(hintOf);
}

function hintOf(fact: Fact): Hint {
  const { kind, args, line } = fact;
  const row = factRows[kind];
  return { hazard: hazardOf(fact), cause: oneLine(row.cause(args)), remedy: row.remedy(args), line: oneLine(line) };
}
