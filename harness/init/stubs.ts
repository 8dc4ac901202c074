import { count } from '../model/format.ts';

/** What ends a line that a person has to complete, with what is to be put there. */
const mark = /#\s*fill in(?::\s*(.*?))?\s*$/;

/** One line of a contract that is still as `init` wrote it. */
export type Stub = { readonly line: number; readonly text: string; readonly what: string };

/** A line's comment that says what a person has to put there. */
export const fillIn = (what: string): string => `# fill in: ${what}`;

/** Every line that is still to be completed; a line that is a comment as a whole asks for nothing. */
export function stubsIn(contract: string): Stub[] {
  return contract.split('\n').flatMap((text, index): Stub[] => {
    const found = mark.exec(text);
    return found === null || text.trimStart().startsWith('#') ? [] : [{
      line: index + 1, text: text.slice(0, found.index).trim(), what: found[1] ?? 'what belongs there',
    }];
  });
}

/** What is still to be done in a contract, line by line. */
export function stubsText(file: string, stubs: readonly Stub[]): string {
  if (stubs.length === 0) return `${file}: nothing is left to fill in\n`;
  const lines = stubs.map(({ line, text, what }) => `  ${file}:${line}  ${text}\n      ${what}\n`);
  const are = `${count(stubs.length, 'line')} of ${file} ${stubs.length === 1 ? 'is' : 'are'}`;
  const head = `${are} to be filled in; take the comment away when it is done`;
  return `${head}\n${lines.join('')}`;
}
