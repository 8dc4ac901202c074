import { shown } from '../shown.ts';

// Reading characters as numbers takes half the time of reading them as texts.
const [quote, comma, colon, blank] = [0x22, 0x2c, 0x3a, 0x20];
const [bracket, bracketEnd, brace, braceEnd] = [0x5b, 0x5d, 0x7b, 0x7d];

/** A report is not a tenth as deep. */
const depthLimit = 100;

/** A full report has a few thousand values; checking millions against the schema would cost memory without end. */
const valueLimit = 300_000;

/**
 * Why a text, which must be whole JSON, cannot be trusted to say one thing: a key that occurs twice in one object, of which JSON.parse
 * silently keeps the last and other readers the first (RFC 8259, section 4), or more values or a deeper nesting than a report has.
 */
export function keyFault(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const end = endOfString(text, at);
      // In whole JSON a string with a colon behind it is a key.
      if (isColonNext(text, end)) {
        const key = nameOf(text.slice(at + 1, end - 1));
        const keys = (open[open.length - 1] ??= new Set());
        if (keys.has(key)) return `a key occurs twice in it (${shown(key, 80)}), so that it says two things`;
        keys.add(key);
      }
      at = end - 1;
    } else if (code === comma) {
      values += 1;
    } else if (code === brace || code === bracket) {
      values += 1;
      open.push(undefined);
      if (open.length > depthLimit) return `it is nested deeper than ${depthLimit} levels, which no report is`;
    } else if (code === braceEnd || code === bracketEnd) {
      open.pop();
    }
    if (values > valueLimit) return `it holds more than ${valueLimit} values, which no report does`;
  }
  return undefined;
}

function isColonNext(text: string, from: number): boolean {
  let at = from;
  while (text.charCodeAt(at) <= blank) at += 1;
  return text.charCodeAt(at) === colon;
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
function nameOf(written: string): string {
  return written.includes('\\') ? String(JSON.parse(`"${written}"`)) : written;
}
