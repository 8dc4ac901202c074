import { dirname } from 'node:path';
import type { Entry, FrozenBundle, Role } from '../../bundle.ts';
import { withFile, type ByteSource } from '../../native/byte-source.ts';
import { isBomb, withEntry } from '../entry-source.ts';
import { orDamage } from '../../native/malformed.ts';
import { eachModuleCode } from '../module-code.ts';
import type { Observation } from '../../../model/observation.ts';
import type { Secret } from '../../../system/redact.ts';
import { atMost } from './at-most.ts';
import { plainName } from './plain-name.ts';
import { secretFile } from './secrets/files.ts';
import { lookAheadCharacters, privateKey, recognise } from './secrets/patterns.ts';

const shownSecrets = 20;
const windowBytes = 1_000_000;

/** Python's own library, native code, and what has no contents: nobody's secrets are there. */
const skipped = new Set<Role>(['base library', 'bootstrap', 'extension module', 'library', 'link', 'modules', 'option', 'dependency']);

/** What a file or module holds. Nothing in it is the secret itself. */
type Found = { readonly what: string; readonly detail: string };

/**
 * Secrets frozen in, which anybody can unpack (SE-01): files that are places for secrets, texts in data, scripts and modules that look like
 * a
 * key of a known issuer or are a private key, and the given values, which are somebody's own. Native code is not searched.
 * No fact holds a secret: what it is, where, how long, and at most the four characters that all of its kind begin with.
 * @throws what the file system throws, and {BundleError} when the file changed.
 */
export async function frozenSecrets(bundle: FrozenBundle, values: readonly Secret[] = []): Promise<Observation[]> {
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
    const place = search(where).length === 0 ? plainName(where) : 'what is called like a secret itself';
    for (const each of found) facts.set(JSON.stringify([where, each.what]), secretFact(place, each));
  };

  await withFile(bundle.archiveFile, async (source) => {
    const opened = { source, folder: dirname(bundle.archiveFile) };
    for (const entry of bundle.entries.filter((each) => !skipped.has(each.role) && !isBomb(each))) {
      // Damage is told elsewhere, by what reads every byte.
      const read = await orDamage(() => withEntry(opened, entry, (contents) => searchFile(entry, contents, search, overlap)));
      if ('value' in read) add(entry.name, read.value);
    }
  });
  await eachModuleCode(bundle, (found) => {
    if ('code' in found) add(`module ${found.module.name}`, search(found.code.toString('latin1')));
  });

  return atMost(shownSecrets, [...facts.values()]);
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
