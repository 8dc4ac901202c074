const backslash = 92;

/**
 * 1 for letters, digits, what base64 has besides and everything beyond ASCII; anything else may stand between characters that are printed
 * apart. The second half is for what follows a backslash, where n, r and t stand for white space.
 */
const kept = Uint8Array.from({ length: 512 }, (_, at) => {
  const letter = String.fromCharCode(at & 255);
  return Number(/[A-Za-z0-9+/\x80-\xff]/.test(letter) && (at < 256 || !/[nrt]/.test(letter)));
});

/** The way back is noted for every so many bytes. */
const blockBytes = 4_096;

/** A text without what may stand between characters that are printed apart, escaped line breaks too. */
export type Squeezed = {
  readonly bytes: Buffer;
  /** Where in the text the squeezed bytes from `from` to before `to` stand. */
  readonly span: (from: number, to: number) => { readonly start: number; readonly end: number };
};

/**
 * Takes out what is no part of a text that is printed apart. `out` is at least as long as the text and holds the result: whoever squeezes
 * often gives the same again, because taking memory costs more than the work.
 */
export function squeeze(text: Uint8Array, out = Buffer.alloc(text.length)): Squeezed {
  const before: number[] = [];
  const length = squeezeInto(out, text, before);
  const positionOf = (index: number): number => {
    const block = before.findLastIndex((count) => count <= index);
    return positionFrom(text, block * blockBytes, index - (before[block] ?? 0));
  };
  return { bytes: out.subarray(0, length), span: (from, to) => ({ start: positionOf(from), end: positionOf(to - 1) + 1 }) };
}

/** Fills `before` with the squeezed bytes before each block; a function by itself, because one that is closed over is four times slower. */
function squeezeInto(out: Uint8Array, text: Uint8Array, before: number[]): number {
  let [length, after] = [0, 0];
  for (let block = 0; block < text.length; block += blockBytes) {
    before.push(length);
    const end = Math.min(text.length, block + blockBytes);
    for (let at = block; at < end; at += 1) {
      const byte = text[at] ?? 0;
      out[length] = byte;
      length += kept[after | byte] ?? 0;
      after = byte === backslash ? 256 : 0;
    }
  }
  return length;
}

/** Where the squeezed byte of this index stands, counted from a position on. */
function positionFrom(text: Uint8Array, from: number, index: number): number {
  let count = 0;
  for (let at = from; at < text.length; at += 1) {
    if (kept[(text[at - 1] === backslash ? 256 : 0) | (text[at] ?? 0)] === 1 && count++ === index) return at;
  }
  return text.length;
}
