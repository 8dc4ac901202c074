/** A value that must not appear in anything that is published. */
export type Secret = { readonly name: string; readonly value: string };

/** Shorter values occur by chance, and replacing them would spoil the report. */
const shortestValue = 6;

/**
 * Replaces every occurrence of every secret by `<secret NAME>`: raw, as in JSON, URL-encoded, and in base64 (both alphabets, at each
 * of the three positions that it can have inside longer encoded text). Values under 6 characters are not searched for.
 * Works on text and, because it compares code units, on bytes decoded as latin1 when `encoding` says so.
 */
export function redact(text: string, secrets: readonly Secret[], encoding?: 'latin1'): { text: string; found: string[] } {
  const found = new Set<string>();
  let result = text;
  for (const needle of needlesOf(secrets)) {
    const wanted = encoding === 'latin1' ? Buffer.from(needle.text).toString('latin1') : needle.text;
    if (!result.includes(wanted)) continue;
    found.add(needle.name);
    result = result.replaceAll(wanted, () => `<secret ${needle.name}>`);
  }
  return { text: result, found: [...found] };
}

/** A copy of a JSON value with the secrets replaced in every string; keys stay as they are. */
export function redactDeep(value: unknown, secrets: readonly Secret[]): unknown {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => (typeof part === 'string' ? redact(part, secrets).text : part));
}

/** Every form of every secret, longest first. */
function needlesOf(secrets: readonly Secret[]): { readonly name: string; readonly text: string }[] {
  const long = secrets.filter(({ value }) => value.length >= shortestValue);
  const needles = long.flatMap(({ name, value }) => formsOf(value).map((text) => ({ name, text })));
  return needles.toSorted((a, b) => b.text.length - a.text.length);
}

function formsOf(value: string): string[] {
  const encoded = encodeURIComponent(value);
  const lowerCase = encoded.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase());
  const form = new URLSearchParams({ v: value }).toString().slice(2);
  const base64 = [0, 1, 2].map((offset) => base64At(value, offset));
  const base64Url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [...new Set([value, JSON.stringify(value).slice(1, -1), encoded, lowerCase, form, ...base64, ...base64Url])];
}

/** Base64 of the value behind `offset` other bytes, without the characters that these share (RFC 4648: 3 bytes make 4 characters). */
function base64At(value: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
  return bytes.toString('base64').slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
}
