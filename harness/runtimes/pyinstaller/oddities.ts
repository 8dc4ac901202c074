import type { Entry, FrozenBundle, Link, Oddity } from '../bundle.ts';
import type { Pyz } from './archive/pyz.ts';
import type { TocEntry } from './archive/toc.ts';
import { isExtracted } from './roles.ts';
import { isBomb } from './entry-source.ts';

/** A name as it can be shown: quoted, control characters escaped, cut after 200 characters. */
export function shown(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}

/** What is odd in the table of contents and in the files of a one-dir folder. */
export function entryOddities(toc: readonly TocEntry[], entries: readonly Entry[], links: readonly Link[]): Oddity[] {
  const files = entries.filter(isExtracted);
  return [
    ...toc.flatMap(({ name, nameFault }) =>
      (nameFault === undefined ? [] : odd('unclear-name', name, `the name ${shown(name)} ${nameFault}`))),
    ...files.flatMap(({ name }) => nameOddity(name)),
    ...duplicates(files, 'the package has two files'),
    ...links.flatMap(({ name, target }) => linkOddity(name, target)),
    ...entries.filter(({ role }) => role === 'unknown').flatMap(({ name, typeCode }) =>
      odd('unknown-type', name, `the entry ${shown(name)} is of the unknown type ${shown(typeCode)}`)),
    ...entries.filter(isBomb).flatMap(({ name, storedBytes, sizeBytes }) =>
      odd('zip-bomb', name, `${shown(name)} claims to grow from ${storedBytes} to ${sizeBytes} bytes; it was not read`)),
  ];
}

/** What is odd in the archive of frozen modules that an entry is. */
export function moduleOddities({ entries, encrypted }: Pyz, entry: string): Oddity[] {
  const twice = duplicates(entries, 'the module archive has two entries');
  return encrypted ? [...twice, ...odd('encrypted-code', entry, 'its module archive is encrypted: names can be read, code cannot')] : twice;
}

/** What a frozen program cannot do without. */
export function missingParts({ entries, links, pythonLibrary }: Pick<FrozenBundle, 'entries' | 'links' | 'pythonLibrary'>): Oddity[] {
  const names = new Set([...entries, ...links].map(({ name }) => name.toLowerCase()));
  const missing: Oddity[] = [];
  if (!entries.some(({ role }) => role === 'modules')) {
    missing.push({ kind: 'no-modules', sentence: 'it has no archive of frozen modules' });
  }
  if (!names.has('base_library.zip')) {
    missing.push({ kind: 'no-base-library', sentence: 'it has no base_library.zip, without which Python does not start' });
  }
  if (pythonLibrary !== '' && !names.has(pythonLibrary.toLowerCase())) {
    missing.push(...odd('no-python-library', pythonLibrary, `it has no ${shown(pythonLibrary)}, which its bootloader loads`));
  }
  return missing;
}

/** A member that cannot be read; none where there is no reason. */
export function damagedMember(subject: string, reason: string | undefined): Oddity[] {
  return reason === undefined ? [] : odd('damaged-member', subject, `${shown(subject)} cannot be read: ${reason}`);
}

function odd(kind: Oddity['kind'], subject: string, sentence: string): Oddity[] {
  return [{ kind, subject, sentence }];
}

function duplicates(named: readonly { readonly name: string }[], where: string): Oddity[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { name } of named) (seen.has(name) ? twice : seen).add(name);
  return [...twice].flatMap((name) => odd('duplicate-name', name, `${where} named ${shown(name)}; the last one is used`));
}

/** What is wrong with the name of a file that is extracted; it is only ever shown, never used as a path. */
function nameOddity(name: string): Oddity[] {
  const wrong = (kind: Oddity['kind'], what: string) => odd(kind, name, `the name ${shown(name)} ${what}`);
  if (name === '') return wrong('unclear-name', 'is empty');
  if (isAbsolute(name)) return wrong('escaping-name', 'is absolute: extracting it would write outside the bundle');
  if (name.split('/').includes('..')) return wrong('escaping-name', 'has ".." in it: extracting it would write outside the bundle');
  if (name.includes('\\')) return wrong('unclear-name', 'has a backslash in it, which only Windows bundles have');
  const hasControl = Array.from(name).some((character) => character < ' ' || character === '\x7F' || character === '\uFFFD');
  return hasControl ? wrong('unclear-name', 'has control characters in it') : [];
}

/** What is wrong with where a link points, seen from its own folder. */
function linkOddity(name: string, target: string): Oddity[] {
  let level = name.split('/').length - 1;
  const steps = target.split('/').map((part) => (part === '..' ? -1 : part === '.' || part === '' ? 0 : 1));
  const escapes = isAbsolute(target) || steps.some((step) => (level += step) < 0);
  return escapes ? odd('escaping-link', name, `the link ${shown(name)} leads out of the bundle, to ${shown(target)}`) : [];
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:/.test(path);
}
