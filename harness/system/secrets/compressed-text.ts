/** Bytes that were written as text, where that begins, and how it is written. */
export type CompressedText = { readonly at: number; readonly how: 'base64' | 'hex'; readonly contents: Buffer };

/** What base64 of gzip (1f 8b 08) and of zlib (78, and what may follow) begins with, at the beginning of a text. */
const base64 = /(?<![A-Za-z0-9+/_-])(?:H4sI|eJ[w-z]|eN[o-r]|eAE|eF4)[A-Za-z0-9+/_-]{12,}/g;
const hex = /(?<![0-9a-f])(?:1f8b08|789c|78da|7801|785e)(?:[0-9a-f]{2}){12,}/gi;

/** What may be compressed data written as text; whoever opens it finds out. */
export function compressedTexts(bytes: Buffer): CompressedText[] {
  const text = bytes.toString('latin1');
  return ([['base64', base64], ['hex', hex]] as const).flatMap(
    ([how, pattern]) => Array.from(text.matchAll(pattern), ({ 0: run, index }) => ({ at: index, how, contents: Buffer.from(run, how) })),
  );
}
