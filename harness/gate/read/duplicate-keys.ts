import { shown } from '../shown.ts';

/** A report is not a tenth as deep. */
const depthLimit = 100;

/** A full report has a few thousand values; checking millions against the schema would cost memory without end. */
const valueLimit = 300_000;

/**
 * Why a text, which must be whole JSON, cannot be trusted to say one thing: a key that occurs twice in one object, of which JSON.parse
 * silently keeps the last and other readers the first (RFC 8259, section 4), or more values or a deeper nesting than a report has.
 */
export function keyFault(text: string): string | undefined {
  // In whole JSON a string with a colon behind it is a key.
  const colon = /\s*:/y;
  const open: Set<string>[] = [];
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '{' || char === '[' || char === ',') values += 1;
    if (values > valueLimit) return `it holds more than ${valueLimit} values, which no report does`;
    if (char === '{' || char === '[') {
      open.push(new Set());
      if (open.length > depthLimit) return `it is nested deeper than ${depthLimit} levels, which no report is`;
    } else if (char === '}' || char === ']') {
      open.pop();
    } else if (char === '"') {
      const end = endOfString(text, at);
      colon.lastIndex = end;
      const key = colon.test(text) ? nameOf(text.slice(at, end)) : undefined;
      if (key !== undefined && open.at(-1)?.has(key) === true) return `a key occurs twice in it (${shown(key, 80)}), so that it says ` +
        'two things';
      if (key !== undefined) open.at(-1)?.add(key);
      at = end - 1;
    }
  }
  return undefined;
}

/** The index behind the closing quote: the first one with an even number of backslashes before it. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text[before] === '\\') before -= 1;
    if ((at - before) % 2 === 1) return at + 1;
  }
  return text.length + 1;
}

/** A key may be written with escapes: "\u0061" is "a". */
function nameOf(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}
