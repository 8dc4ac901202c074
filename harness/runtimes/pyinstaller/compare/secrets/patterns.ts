import secrets from './secrets.json' with { type: 'json' };

/** What was recognised as a secret. Its text never leaves this folder: what is reported is `what`, its length and its first characters. */
type Recognised = { readonly what: string; readonly text: string };

/** As their issuers document them: a fixed beginning and a random body. */
const patterns = secrets.tokens.map(({ what, begin, body }) => ({ what, begin, body: new RegExp(body, 'y') }));

/** No token is longer; what runs on is no token but a blob. */
const tokenLimit = 1_000;

/** Examples of documentations: AKIAIOSFODNN7EXAMPLE, sk-ant-your-key-here, ghp_xxxxxxxx. */
const placeholder = /example|your|placeholder|dummy|changeme|redacted|x{6}|0{8}|\*{3}|(.)\1{7}/i;

const keyHeader = /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;

/** A private key's body has at least as much base64; a line that only speaks of the header has none. */
const keyBody = /^[A-Za-z0-9+/=]{64}/;

/** No file has so many headers of private keys and no key. */
const headerLimit = 1_000;

/** What is reported of a private key is that it is one: all begin alike. */
export const privateKey = 'a private key';

/** How much of a private key is looked at, with the headers that old formats put before the body. */
export const lookAheadCharacters = 2_000;

/** Hardly any text has one of the beginnings: one look instead of one for each. */
const anyBeginning = new RegExp([...patterns.map(({ begin }) => begin), 'PRIVATE KEY'].join('|'));

/** What looks like a secret in a text, the first of each kind; bytes are given as latin1. In linear time, whatever the text is. */
export function recognise(text: string): Recognised[] {
  if (!anyBeginning.test(text)) return [];
  return [...patterns.flatMap((pattern) => firstToken(text, pattern) ?? []), ...firstPrivateKey(text)];
}

function firstToken(text: string, { what, begin, body }: (typeof patterns)[number]): Recognised | undefined {
  let from = 0;
  for (let at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, from)) {
    from = at + begin.length;
    body.lastIndex = from;
    const match = startsToken(text, at) ? body.exec(text) : null;
    if (match === null) continue;
    from = body.lastIndex;
    const token = text.slice(at, Math.min(from, stringEnd(text, at) ?? from));
    if (token.length < tokenLimit && isRandom(token.slice(begin.length)) && !placeholder.test(token)) return { what, text: token };
  }
  return undefined;
}

/** Whether a word begins here. In marshalled code the byte before a short text is its length, and that may be a letter's. */
function startsToken(text: string, at: number): boolean {
  return !/[\w-]/.test(text[at - 1] ?? ' ') || stringEnd(text, at) !== undefined;
}

/**
 * Where the marshalled text that begins here ends: in front of it are its type and its length in one byte or four (CPython,
 * Python/marshal.c, TYPE_SHORT_ASCII and TYPE_ASCII).
 */
function stringEnd(text: string, at: number): number | undefined {
  const byte = (offset: number) => text.charCodeAt(at + offset);
  if (/[zZ\xFA\xDA]/.test(text[at - 2] ?? ' ') && byte(-1) >= 12) return at + byte(-1);
  const isLong = /[aAu\xE1\xC1\xF5]/.test(text[at - 5] ?? ' ') && byte(-1) === 0;
  return isLong ? at + byte(-4) + byte(-3) * 256 + byte(-2) * 65_536 : undefined;
}

function isRandom(body: string): boolean {
  return new Set(body).size >= 10;
}

function firstPrivateKey(text: string): Recognised[] {
  if (!text.includes('PRIVATE KEY')) return [];
  let looked = 0;
  for (const header of text.matchAll(keyHeader)) {
    const start = header.index + header[0].length;
    // In JSON and in source code the ends of lines are written out.
    const lines = text.slice(start, start + lookAheadCharacters).split(/\\r\\n|\\n|\r?\n|\r/).map((line) => line.trim());
    const body = keyBody.exec(lines.filter((line) => !/^[\w-]{1,40}: /.test(line)).join(''));
    if (body !== null) return [{ what: privateKey, text: header[0] }];
    if (++looked === headerLimit) break;
  }
  return [];
}
