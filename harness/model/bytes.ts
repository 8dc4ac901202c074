const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of RFC 4648 section 4, with or without its padding. */
export const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.replace(/=+$/, '').length % 4 !== 1;

/**
 * The bytes of `{ $base64: "…" }`, as a contract writes what is no JSON.
 * @returns undefined for anything else.
 */
export function bytesIn(value: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const [[key, text] = [], ...more] = Object.entries(value);
  return key === '$base64' && more.length === 0 && typeof text === 'string' && isBase64(text) ? decoded(text) : undefined;
}

/** Bytes as a contract writes them. */
export const written = (bytes: Uint8Array): { readonly $base64: string } => ({ $base64: Buffer.from(bytes).toString('base64') });

/** Without Buffer, which workflows do not have. */
function decoded(text: string): Uint8Array<ArrayBuffer> {
  const signs = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor(signs.length * 3 / 4));
  let [held, bits, at] = [0, 0, 0];
  for (const sign of signs) {
    held = (held << 6 | digits.indexOf(sign)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = held >> bits & 0xff;
    at += 1;
  }
  return bytes;
}
