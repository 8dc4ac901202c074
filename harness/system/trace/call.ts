/** One recorded call. What the program itself chose (texts, paths) stands apart from its form, and can't be taken for a part of it. */
export type Call = {
  readonly pid: number;
  readonly name: string;
  /** Arguments from the first to the last; a text in them is `"n"`, what a descriptor leads to `<n>`: number n of `texts`. */
  readonly args: readonly string[];
  readonly texts: readonly Buffer[];
  /** What it returned; negative for an error, whose name follows, NaN where it never did. */
  readonly value: number;
  readonly error: string | undefined;
  /** What a returned descriptor leads to. */
  readonly opened: string | undefined;
};

/** The number of a text in an argument, for example 3 in `"3"` or `AT_FDCWD<3>`; -1 where there is none. */
const numberIn = (argument: string | undefined, pattern: RegExp): number => Number(pattern.exec(argument ?? '')?.[1] ?? -1);

/** The text of an argument, undefined where it is none. */
export function textOf({ args, texts }: Call, index: number): string | undefined {
  return texts[numberIn(args[index], /^"(\d+)"/)]?.toString();
}

/** What the descriptor in an argument leads to, for example `/tmp` or `socket:[17]`; undefined where that is not known. */
export function targetOf({ args, texts }: Call, index: number): string | undefined {
  return texts[numberIn(args[index], /^(?:\d+|AT_FDCWD)<(\d+)>$/)]?.toString();
}

/** The texts inside an argument, however deep: of a list, or of a message in pieces. */
export function textsIn({ args, texts }: Call, index: number): Buffer[] {
  return [...(args[index] ?? '').matchAll(/"(\d+)"/g)].flatMap(([, number]) => texts[Number(number)] ?? []);
}

/** Reads `name(…) = value …`, what strace writes of one call; undefined for anything else. */
export function parseCall(pid: number, line: string): Call | undefined {
  const open = line.indexOf('(');
  const name = line.slice(0, open);
  if (open < 1 || !/^\w+$/.test(name)) return undefined;
  const form = formOf(line.slice(open + 1));
  const end = /^\s+= (-?\d+|\?|0x[\da-f]+)(?:<(\d+)>)?(?: (E[A-Z0-9]+))?/.exec(form.rest);
  if (end === null) return undefined;
  const [, value = '?', opened, error] = end;
  return {
    pid, name, args: form.args, texts: form.texts, value: value === '?' ? NaN : Number(value), error,
    opened: opened === undefined ? undefined : form.texts[Number(opened)]?.toString(),
  };
}

/** Takes texts out and cuts at the commas between arguments; `rest` is what follows the closing parenthesis. */
function formOf(line: string): { readonly args: string[]; readonly texts: Buffer[]; readonly rest: string } {
  const texts: Buffer[] = [];
  const args: string[] = [];
  let [form, depth, closed] = ['', 0, false];
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at] ?? '';
    const path = letter === '<' && /(?:\d|AT_FDCWD|= \d+)$/.test(form);
    if (letter === '"' || path) {
      const end = endOfText(line, at + 1, path ? '>' : '"');
      form += path ? `<${texts.length}>` : `"${texts.length}"`;
      texts.push(unescaped(line.slice(at + 1, end)));
      at = end;
      continue;
    }
    if (!closed && letter === ')' && depth === 0) {
      closed = true;
      if (form !== '') args.push(form.trim());
      form = '';
      continue;
    }
    if ('([{'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter)) depth -= 1;
    if (!closed && letter === ',' && depth === 0) {
      args.push(form.trim());
      form = '';
    } else {
      form += letter;
    }
  }
  return { args, texts, rest: closed ? form : '' };
}

function endOfText(line: string, from: number, closing: string): number {
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === closing) return at;
  }
  return line.length;
}

const letters: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, v: 11, f: 12, a: 7, b: 8 };

/** The bytes of a text as strace writes it: C's escapes, octal numbers of one to three digits. */
export function unescaped(text: string): Buffer {
  const bytes: number[] = [];
  for (const [whole, octal, letter] of text.matchAll(/\\(?:([0-7]{1,3})|([^]))|[^\\]/g)) {
    if (octal !== undefined) bytes.push(parseInt(octal, 8));
    else if (letter !== undefined) bytes.push(letters[letter] ?? letter.charCodeAt(0));
    else bytes.push(whole.charCodeAt(0));
  }
  return Buffer.from(bytes);
}
