import { formsOf, wrapped, type Form } from './forms.ts';
import { matcherOf, type Needle } from './matcher.ts';
import { partsOf, type Secret } from './secret.ts';
import { coveredBy, outermost, together, type Span } from './spans.ts';
import { squeeze } from './squeeze.ts';

/** A secret that was seen, by its variable's name and never by its value. */
export type Found = Span & { readonly name: string; readonly encoding: string };

/** Finds every secret in bytes that are together. */
export type Finder = (bytes: Buffer) => Found[];

/** One encoded form of a part of a secret, and in how many pieces it is looked for too. */
type Whole = { readonly name: string; readonly encoding: string; readonly pieces: number };
type Sought = { readonly whole: Whole; readonly piece?: number };

/**
 * A finder of secrets in all their encodings: whole, with blanks, quotes and line breaks between their characters, and in pieces, of which
 * half must stand near each other: a key that is printed in two lines is found, its last four characters alone are not.
 */
export function finderOf(secrets: readonly Secret[]): Finder {
  const written = secrets.flatMap(({ name, value }) => {
    const parts = partsOf(value);
    // All of a long value says no more than its parts.
    const texts = new Set(parts.length > 1 ? parts : [value, ...parts]);
    return [...texts].flatMap((text) => formsOf(text).map(
      (form) => ({ name, form, cut: parts.includes(text) && wrapped.has(form.encoding) }),
    ));
  });
  const direct = matcherOf(written.flatMap(({ name, form, cut }) => needlesOf(name, form, cut)));
  const apart = matcherOf(written.map(({ name, form: { encoding, bytes } }): Needle<Omit<Whole, 'pieces'>> => (
    { bytes: squeeze(bytes).bytes, of: { name, encoding: `${encoding}, with blanks or line breaks in it` } }
  )));
  let room = Buffer.alloc(0);
  return (bytes) => {
    const found: Found[] = [];
    const hits = new Map<Whole, { piece: number; start: number; end: number }[]>();
    direct.search(bytes, ({ whole, piece }, start, end) => {
      if (piece === undefined) found.push({ name: whole.name, encoding: whole.encoding, start, end });
      else if (hits.get(whole)?.push({ piece, start, end }) === undefined) hits.set(whole, [{ piece, start, end }]);
    });
    const known = coveredBy(found);
    for (const [{ name, encoding, pieces }, of] of hits) {
      const left = of.filter((hit) => !known({ ...hit, name }));
      found.push(...together(left, Math.max(2, pieces / 2)).map((span) => ({ ...span, name, encoding: `${encoding}, in pieces` })));
    }
    if (room.length < bytes.length) room = Buffer.alloc(bytes.length);
    const text = squeeze(bytes, room);
    const before = coveredBy(found);
    apart.search(text.bytes, (whole, from, to) => {
      const hit = { ...whole, ...text.span(from, to) };
      if (!before(hit)) found.push(hit);
    });
    return outermost(found);
  };
}

function needlesOf(name: string, { encoding, bytes }: Form, cut: boolean): Needle<Sought>[] {
  const pieces = cut ? piecesOf(bytes) : [];
  const whole = { name, encoding, pieces: pieces.length };
  return [{ bytes, of: { whole } }, ...pieces.map((piece, index) => ({ bytes: piece, of: { whole, piece: index } }))];
}

/** Pieces so short that a text which is cut once keeps half of them whole, and so long that they do not occur by chance. */
function piecesOf(bytes: Buffer): Buffer[] {
  const size = Math.max(5, Math.min(16, Math.floor(bytes.length / 4)));
  const count = Math.floor(bytes.length / size);
  return count < 2 ? [] : Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}
