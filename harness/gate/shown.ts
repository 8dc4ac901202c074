import { oneLine, shorten, withoutCommands } from '../model/text.ts';

/**
 * Text from a report, a file name or a command line, made safe to stand in a sentence: on one line, short, and without anything that
 * colours, reorders or commands; `::` is broken up wherever it stands, because wrapping may put it at the start of a line. Everything
 * foreign in a decision has gone through here; a rendering then escapes for its own format.
 */
export function shown(text: string, limitCharacters = 120): string {
  const visible = shorten(text, limitCharacters * 20).replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  const line = withoutCommands(oneLine(visible).replace(/:(?=:)/g, ': '));
  return shorten(line, limitCharacters);
}

/** The first digits of a sha256, enough to compare by eye. */
export function shortSha(sha256: string): string {
  return `${sha256.slice(0, 12)}…`;
}
