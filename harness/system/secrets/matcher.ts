/** What is looked for, with whatever its finder wants to know of it. */
export type Needle<T> = { readonly bytes: Buffer; readonly of: T };

/** Bytes that are looked at at once. */
const q = 4;

/** Shorter needles are not looked for, and no more than this is skipped at once. */
const [shortest, longest] = [q, 255];

/** Finds all needles in one pass. */
export type Matcher<T> = {
  /** The bytes of the longest needle: what is read in pieces must overlap by one less. */
  readonly longestBytes: number;
  /** Calls back for each occurrence, overlapping ones too, in the order of their first characters of equal length. */
  readonly search: (text: Uint8Array, found: (of: T, start: number, end: number) => void) => void;
};

/**
 * Wu and Manber's search for many needles at once (A fast algorithm for multi-pattern searching, TR-94-17, University of Arizona, 1994),
 * with blocks of four bytes: where the block under the window stands in no needle, the window moves by its whole length.
 */
export function matcherOf<T>(needles: readonly Needle<T>[]): Matcher<T> {
  const usable = needles.filter(({ bytes }) => bytes.length >= shortest);
  const window = Math.min(longest, ...usable.map(({ bytes }) => bytes.length));
  const shifts = new Uint8Array(65_536).fill(window - q + 1);
  const ends = new Map<number, Needle<T>[]>();
  for (const needle of usable) {
    for (let at = 0; at + q <= window; at += 1) {
      const key = keyAt(needle.bytes, at);
      const shift = window - q - at;
      if (shift < (shifts[key] ?? 0)) shifts[key] = shift;
      if (shift === 0) ends.set(key, [...(ends.get(key) ?? []), needle]);
    }
  }
  return {
    longestBytes: Math.max(1, ...usable.map(({ bytes }) => bytes.length)),
    search(text, found) {
      if (usable.length === 0) return;
      const last = text.length - q;
      for (let at = window - q; at <= last;) {
        const key = keyAt(text, at);
        const shift = shifts[key] ?? 1;
        if (shift > 0) {
          at += shift;
          continue;
        }
        const start = at - (window - q);
        for (const { bytes, of } of ends.get(key) ?? []) if (isAt(text, start, bytes)) found(of, start, start + bytes.length);
        at += 1;
      }
    },
  };
}

function keyAt(text: Uint8Array, at: number): number {
  const block = (text[at] ?? 0) | ((text[at + 1] ?? 0) << 8) | ((text[at + 2] ?? 0) << 16) | ((text[at + 3] ?? 0) << 24);
  return Math.imul(block, 0x9e3779b1) >>> 16;
}

function isAt(text: Uint8Array, start: number, bytes: Uint8Array): boolean {
  if (start + bytes.length > text.length) return false;
  for (let index = 0; index < bytes.length; index += 1) if (text[start + index] !== bytes[index]) return false;
  return true;
}
