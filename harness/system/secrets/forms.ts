/** One way in which a text may stand somewhere, and its bytes there. */
export type Form = { readonly encoding: string; readonly bytes: Buffer };

/**
 * A text in every encoding in which it is searched for: as it is, in the other case, reversed, escaped for JSON, URLs, forms, HTML, Python
 * and C, in base64 (both alphabets, at each of the three positions that it can have inside longer encoded text), hexadecimal, as decimal
 * numbers, in UTF-16, and in base64 once more where that is usual. Each form once.
 */
export function formsOf(text: string): Form[] {
  const bytes = Buffer.from(text);
  const backwards = Buffer.from(reversed(text));
  const all: [string, Iterable<string | Buffer>][] = [
    ['plain', [text]],
    ['upper case', [text.toUpperCase()]],
    ['lower case', [text.toLowerCase()]],
    ['reversed', [backwards]],
    ['JSON', [JSON.stringify(text).slice(1, -1), ascii(text)]],
    ['URL', urlForms(text)],
    ['HTML', [html(text)]],
    ['base64', base64Forms(bytes)],
    ['hex', hexForms(bytes)],
    ['escaped bytes', [...numbered(bytes, '\\x'), ...numbered(bytes, '\\u00')]],
    ['decimal numbers', [[...bytes].join(', '), [...bytes].join(',')]],
    ['UTF-16', [Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()]],
    ['base64 of UTF-16', base64Forms(Buffer.from(text, 'utf16le'))],
    ['base64, reversed', [...base64Forms(backwards), ...base64Forms(bytes).map(reversed)]],
    ['base64 of base64', base64Forms(bytes).flatMap((once) => base64Forms(Buffer.from(once)))],
    ['hex, reversed', [...hexForms(backwards), ...hexForms(bytes).map(reversed)]],
    ['base64 of hex', hexForms(bytes).flatMap((once) => base64Forms(Buffer.from(once)))],
  ];
  const forms = new Map<string, Form>();
  for (const [encoding, written] of all) for (const each of written) {
    const form = Buffer.from(each);
    const key = form.toString('latin1');
    if (!forms.has(key)) forms.set(key, { encoding, bytes: form });
  }
  return [...forms.values()];
}

/** The encodings in which a secret is also looked for in pieces: those that people wrap, cut and print by the line. */
export const wrapped: ReadonlySet<string> = new Set(['plain', 'upper case', 'lower case', 'reversed', 'base64', 'hex', 'UTF-16']);

/** By code points, as programs reverse a text. */
const reversed = (text: string): string => Array.from(text).toReversed().join('');

/** JSON with everything beyond ASCII escaped, as Python writes it. */
function ascii(text: string): string {
  return JSON.stringify(text).slice(1, -1).replace(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** As each of the usual functions encodes it, and every byte of it encoded; with digits in both cases. */
function urlForms(text: string): string[] {
  const component = encodeURIComponent(text);
  const strict = component.replace(/[!'()*~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = new URLSearchParams({ v: text }).toString().slice(2);
  const all = [component, strict, form, encodeURI(text), ...numbered(Buffer.from(text), '%')];
  return [...all, ...all.map((encoded) => encoded.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()))];
}

function html(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (mark) => names[mark] ?? mark);
}

function hexForms(bytes: Buffer): string[] {
  const hex = bytes.toString('hex');
  return [hex, hex.toUpperCase()];
}

function numbered(bytes: Buffer, before: string): string[] {
  return hexForms(bytes).map((hex) => hex.replace(/../g, (digits) => before + digits));
}

function base64Forms(bytes: Buffer): string[] {
  const both = [0, 1, 2].map((offset) => base64At(bytes, offset));
  return [...both, ...both.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
}

/** Base64 of bytes behind `offset` others, without the characters that these share (RFC 4648: 3 bytes make 4 characters). */
function base64At(bytes: Buffer, offset: number): string {
  const all = Buffer.concat([Buffer.alloc(offset), bytes]);
  return all.toString('base64').slice(Math.ceil((offset * 8) / 6), Math.floor((all.length * 8) / 6));
}
