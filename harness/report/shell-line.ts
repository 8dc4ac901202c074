import { oneLine } from '../model/text.ts';

/** A command that can be pasted into a POSIX shell: words that need it are in single quotes. */
export function shellLine(words: readonly string[]): string {
  return words.map(oneLine).map((word) => (/^[\w./:=@,+%-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`)).join(' ');
}
