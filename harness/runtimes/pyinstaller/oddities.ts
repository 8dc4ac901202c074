import type { PyzEntry } from './archive/pyz.ts';
import type { TocEntry } from './archive/toc.ts';
import type { Entry, FrozenBundle, Link, Oddity } from '../bundle.ts';
import { isBomb } from './entry-source.ts';
import { linkOddity, nameOddity, shown } from './names.ts';
import { isExtracted } from './package-entries.ts';

/** What is odd in the table of contents and in the files of a one-dir folder. */
export function entryOddities(toc: readonly TocEntry[], entries: readonly Entry[], links: readonly Link[]): Oddity[] {
  const files = entries.filter(isExtracted);
  return [
    ...toc.flatMap(({ name, nameFault }): Oddity[] =>
      nameFault === undefined ? [] : [{ kind: 'unclear-name', subject: name, sentence: `the name ${shown(name)} ${nameFault}` }]),
    ...files.flatMap(({ name }) => nameOddity(name) ?? []),
    ...duplicates(files.map(({ name }) => name), 'the package has two files'),
    ...links.flatMap(({ name, target }) => linkOddity(name, target) ?? []),
    ...entries.filter(({ role }) => role === 'unknown').map(({ name, typeCode }): Oddity => (
      { kind: 'unknown-type', subject: name, sentence: `the entry ${shown(name)} is of the unknown type ${shown(typeCode)}` })),
    ...entries.filter(isBomb).map(({ name, storedBytes, sizeBytes }): Oddity => (
      { kind: 'zip-bomb', subject: name, sentence: `${shown(name)} claims to grow from ${storedBytes} to ${sizeBytes} bytes; it was ` +
        'not read' })),
  ];
}

/** What is odd in the archive of frozen modules. */
export function moduleOddities(entries: readonly PyzEntry[]): Oddity[] {
  return duplicates(entries.map(({ name }) => name), 'the module archive has two entries');
}

/** What a frozen program cannot do without. */
export function missingParts(bundle: Pick<FrozenBundle, 'entries' | 'links' | 'pythonLibrary'>): Oddity[] {
  const { entries, links, pythonLibrary } = bundle;
  const names = new Set([...entries, ...links].map(({ name }) => name.toLowerCase()));
  const missing: Oddity[] = [];
  if (!entries.some(({ role }) => role === 'modules')) missing.push({
    kind: 'no-modules', sentence: 'it has no archive of frozen modules',
  });
  if (!names.has('base_library.zip')) {
    missing.push({ kind: 'no-base-library', sentence: 'it has no base_library.zip, without which Python does not start' });
  }
  if (pythonLibrary !== '' && !names.has(pythonLibrary.toLowerCase())) {
    missing.push({ kind: 'no-python-library', subject: pythonLibrary, sentence: `it has no ${shown(pythonLibrary)}, which its ` +
      'bootloader loads' });
  }
  return missing;
}

function duplicates(names: readonly string[], where: string): Oddity[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const name of names) (seen.has(name) ? twice : seen).add(name);
  return Array.from(twice, (name) => ({ kind: 'duplicate-name', subject: name, sentence: `${where} named ${shown(name)}; the last one ` +
    'is used' }));
}
