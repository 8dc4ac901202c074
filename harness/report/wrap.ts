/**
 * Text in lines of at most `width` characters, broken at blanks; its own line ends and the indentation of each line stay.
 * A word that is longer (a path, an address) keeps its line to itself, so that it can be copied.
 */
export function wrapped(text: string, width: number): string[] {
  return text.replaceAll('\t', '    ').split('\n').flatMap((line) => wrapLine(line, width));
}

function wrapLine(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const indent = ' '.repeat(line.length - line.trimStart().length).slice(0, width / 2);
  const lines: string[] = [];
  let current = '';
  for (const word of line.trim().split(/ +/)) {
    if (current !== '' && indent.length + current.length + 1 + word.length > width) {
      lines.push(indent + current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, indent + current];
}
