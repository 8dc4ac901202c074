/** A piece of a text that becomes another: from one offset to another, in characters. */
export type Edit = { readonly from: number; readonly to: number; readonly text: string };

/** The text with the edits, which come in their order and do not meet. */
export function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduceRight((whole, { from, to, text: part }) => whole.slice(0, from) + part + whole.slice(to), text);
}

/** What differs, line by line: `-` what stands there, `+` what would stand there. */
export function diffText(text: string, edits: readonly Edit[]): string {
  return edits.map(({ from, to, text: part }) => {
    const begin = text.lastIndexOf('\n', from - 1) + 1;
    const isInserted = from === to && part.endsWith('\n');
    const newline = text.indexOf('\n', to);
    const end = isInserted ? from : newline === -1 ? text.length : newline;
    const after = text.slice(begin, from) + part + text.slice(to, end);
    return `@@ line ${text.slice(0, begin).split('\n').length}\n${marked('-', text.slice(begin, end))}${marked('+', after)}`;
  }).join('');
}

function marked(sign: string, lines: string): string {
  return lines.split('\n').filter((line) => line !== '').map((line) => `${sign}${line}\n`).join('');
}
