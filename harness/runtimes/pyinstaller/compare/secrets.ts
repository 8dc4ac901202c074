import type { Entry, Role } from '../../bundle.ts';
import type { ByteSource } from '../../native/byte-source.ts';
import type { Observation } from '../../../model/observation.ts';
import type { Secret } from '../../../system/redact.ts';
import { atMost, plainName } from './told.ts';
import { secretFile } from './secrets/files.ts';
import { lookAheadCharacters, privateKey, recognise } from './secrets/patterns.ts';

const shownSecrets = 20;
const windowBytes = 1_000_000;

/** Python's own library, native code, and what has no contents: nobody's secrets are there. */
const skipped = new Set<Role>(['base library', 'bootstrap', 'extension module', 'library', 'link', 'modules', 'option', 'dependency']);

/** What a file or module holds. Nothing in it is the secret itself. */
type Found = { readonly what: string; readonly detail: string };

/** Looks for secrets in what is inside a bundle, and tells them in the order in which they were found. */
export type SecretsFinder = {
  /** What a file holds; it counts when it is added, which what is damaged is not. */
  readonly file: (entry: Entry, contents: ByteSource) => Promise<readonly Found[]>;
  readonly add: (where: string, found: readonly Found[]) => void;
  /** Code is given as latin1. */
  readonly module: (name: string, code: string) => void;
  readonly found: () => Observation[];
};

/** Whether an entry is searched by itself: what has no contents, Python's own library and native code hold nobody's secrets. */
export function isSearched({ role }: Entry): boolean {
  return !skipped.has(role);
}

/**
 * Looks for secrets frozen in, which anybody can unpack (SE-01): files that are places for secrets, texts in data, scripts and modules that
 * look like a key of a known issuer or are a private key, and the given values, which are somebody's own.
 * No fact holds a secret: what it is, where, how long, and at most the four characters that all of its kind begin with.
 */
export function secretsFinder(values: readonly Secret[] = []): SecretsFinder {
  const facts = new Map<string, Observation>();
  const needles = values.map(({ name, value }) => ({ name, text: Buffer.from(value).toString('latin1'), length: value.length }));
  const overlap = Math.max(lookAheadCharacters, ...needles.map(({ text }) => text.length));
  const search = (text: string): Found[] => [
    ...recognise(text).map(({ what, text: token }) => ({ what, detail: what === privateKey ? '' : ` (${token.length} characters, ` +
      `begins with ${token.slice(0, 4)})` })),
    ...needles.filter(({ text: needle }) => text.includes(needle)).map(
      ({ name, length }) => ({ what: `the value of ${plainName(name)}`, detail: ` (${length} characters)` }),
    ),
  ];
  const add = (where: string, found: readonly Found[]): void => {
    if (found.length === 0) return;
    const place = search(where).length === 0 ? plainName(where) : 'what is called like a secret itself';
    for (const each of found) facts.set(JSON.stringify([where, each.what]), secretFact(place, each));
  };
  return {
    file: (entry, contents) => searchFile(entry, contents, search, overlap),
    add,
    module: (name, code) => add(`module ${name}`, search(code)),
    found: () => atMost(shownSecrets, [...facts.values()]),
  };
}

/** Looks through a file by the window, so that memory stays small; windows overlap by what a secret can span. */
async function searchFile({ name }: Entry, contents: ByteSource, search: (text: string) => Found[], overlap: number): Promise<Found[]> {
  const found: Found[] = [];
  let tail = '';
  for (let offset = 0; offset < contents.sizeBytes; offset += windowBytes) {
    const text = tail + (await contents.read(offset, windowBytes)).toString('latin1');
    const what = offset === 0 ? secretFile(name, text) : undefined;
    found.push(...(what === undefined ? [] : [{ what, detail: '' }]), ...search(text));
    tail = text.slice(-overlap);
  }
  return found;
}

function secretFact(where: string, { what, detail }: Found): Observation {
  return { kind: 'secret', args: { what, where }, line: `${where} holds ${what}${detail}`, names: [
    where.startsWith('module ') ? where.replace(' ', ':') : `file:${where}`,
  ] };
}
