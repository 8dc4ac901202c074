import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Text filled with blanks to `columns` of a terminal, in which wide letters and emoji take two. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
}

/** The columns that the widest of them takes. */
export function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => stringWidth(text)));
}

/** The text of one line, or as much of its beginning as fits into `columns` with an ellipsis. Never cuts a letter in two. */
export function cut(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  const [first = ''] = wrapAnsi(text, Math.max(1, columns - 1), { hard: true, wordWrap: false, trim: false }).split('\n', 1);
  return `${first}…`;
}

/**
 * Text in lines of at most `columns`, broken at blanks; its own line ends and the indentation of each line stay.
 * A word that is longer (a path, an address) keeps its line to itself, so that it can be copied.
 */
export function wrapped(text: string, columns: number): string[] {
  return text.replaceAll('\t', '    ').split('\n').flatMap((line) => {
    const words = line.trim();
    if (stringWidth(line) <= columns || !words.includes(' ')) return [line];
    const indent = ' '.repeat(line.length - line.trimStart().length).slice(0, columns / 2);
    return wrapAnsi(words.replaceAll(/ +/g, ' '), columns - indent.length).split('\n').map((row) => indent + row);
  });
}
