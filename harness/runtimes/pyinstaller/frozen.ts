import { findCookie } from './archive/cookie.ts';
import type { Archive } from './archive/find-archive.ts';
import { generationOf } from './archive/generation.ts';
import { isOneFile, readToc } from './archive/toc.ts';
import type { Entry, FrozenBundle, Link, Module, Oddity } from '../bundle.ts';
import { BundleError, restore } from '../native/bundle-error.ts';
import type { ByteSource } from '../native/byte-source.ts';
import { readDistributions } from './distributions.ts';
import { withEntry, type Opened } from './entry-source.ts';
import { readModules } from './frozen-modules.ts';
import { orDamage } from '../native/malformed.ts';
import { shown } from './names.ts';
import { examineNatives, type Examined, type Proven } from './native-files.ts';
import type { Executable } from '../native/executable.ts';
import { readImages } from '../native/native-file.ts';
import { entryOddities, missingParts } from './oddities.ts';
import { isExtracted, overlapping, packageEntries } from './package-entries.ts';
import { scriptsOf } from './scripts.ts';
import { readTree, type Tree } from './tree.ts';

/** The executable around the package, and its first bytes. */
export type Outer = { readonly file: string; readonly source: ByteSource; readonly executable: Executable; readonly bootloader: Buffer };

const linkLimitBytes = 4_096;

/** How far in front of a package another one can end: a bootloader lies between them. */
const secondArchiveBytes = 1_000_000;

/**
 * Lists everything that PyInstaller put into an executable and, one-dir, into its folder; what it inflates to the end on the way is `proven`.
 * @throws {BundleError} when it cannot be read.
 */
export async function readFrozen(outer: Outer, archive: Archive, proven?: Proven): Promise<FrozenBundle> {
  const { file, executable } = outer;
  const { pythonVersion, pythonLibrary } = archive.cookie;
  const toc = await readToc(archive.source, archive.cookie);
  const damage = toc.damage ?? overlapDamage(overlapping(toc.entries)?.name);
  if (damage !== undefined) throw broken(file, damage);

  const windows = executable.format === 'PE';
  const packed = packageEntries(toc.entries, windows);
  const options = packed.filter(({ role }) => role === 'option').map(({ name }) => name);
  const tree = isOneFile(toc.entries) ? undefined : readTree(file, archive, options);
  const named = [...packed, ...(tree?.entries ?? [])];
  // Libraries are inflated in zlib's threads while the rest is read here.
  const [examined, importable, metadata, packedLinks] = await Promise.all([
    examineNatives(archive, named, proven),
    orDamage(() => readModules(archive, named)),
    readDistributions(archive, named),
    readLinks(archive, named, windows),
  ]);
  if ('damage' in importable) throw broken(file, importable.damage);
  const frozenModules = importable.value;
  const { entries, modules } = settle(named, frozenModules.modules, examined);
  const links = [...packedLinks, ...(tree?.links ?? [])];
  const images = await orDamage(() => readImages(outer.source));

  return {
    kind: tree === undefined ? 'one-file' : 'one-dir',
    file,
    sizeBytes: outer.source.sizeBytes,
    format: executable.format,
    platforms: executable.platforms,
    images: 'value' in images ? (images.value ?? []) : [],
    producer: 'PyInstaller',
    generation: generationOf(outer.bootloader, executable.format, toc.entries),
    pythonVersion,
    pythonLibrary,
    ...(frozenModules.bytecodeMagic !== undefined && { bytecodeMagic: frozenModules.bytecodeMagic }),
    archiveFile: archive.file,
    ...(tree !== undefined && { contentsFolder: tree.contentsFolder }),
    entries,
    modules,
    distributions: metadata.distributions,
    nativeFiles: examined.flatMap(({ native }) => native ?? []),
    links,
    scripts: scriptsOf(entries),
    options,
    ...sizes(entries, tree),
    oddities: [
      ...(executable.damage === undefined ? [] : [{ kind: 'damaged-executable', sentence: executable.damage } as const]),
      ...(await secondArchive(archive)),
      ...entryOddities(toc.entries, entries, links),
      ...frozenModules.oddities,
      ...[...examined, ...metadata.damaged].flatMap(({ entry, damage: reason }) => damaged(entry.name, reason)),
      ...missingParts({ entries, links, pythonLibrary }),
      ...(tree?.oddities ?? []),
    ],
  };
}

function broken(file: string, damage: string): BundleError {
  return new BundleError(`${file}: ${damage}; ${restore}`);
}

function overlapDamage(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `the archive's entry ${shown(name)} lies over another one`;
}

/** PyInstaller takes what is executable for a binary; what turned out to be no native code is data, and no module. */
function settle(
  entries: readonly Entry[], modules: readonly Module[], examined: readonly Examined[],
): { entries: Entry[]; modules: readonly Module[] } {
  const others = new Set(examined.filter(({ native, damage }) => native === undefined && damage === undefined).map(({ entry }) => entry));
  const names = new Set(Array.from(others, ({ name }) => name));
  return {
    entries: entries.map(
      (entry) => (others.has(entry) && /^(?:library|extension module)$/.test(entry.role) ? { ...entry, role: 'data' } : entry),
    ),
    modules: modules.filter(({ kind, entry }) => kind !== 'extension module' || !names.has(entry)),
  };
}

async function readLinks(opened: Opened, entries: readonly Entry[], windows: boolean): Promise<Link[]> {
  const links: Link[] = [];
  for (const entry of entries.filter(({ role }) => role === 'link')) {
    const read = await orDamage(() => withEntry(opened, entry, (contents) => contents.read(0, linkLimitBytes)));
    const target = 'value' in read ? (read.value.toString('utf8').split('\0', 1)[0] ?? '') : '';
    links.push({ name: entry.name, target: windows ? target.replaceAll('\\', '/') : target });
  }
  return links;
}

function sizes(entries: readonly Entry[], tree: Tree | undefined): Pick<FrozenBundle, 'storedBytes' | 'extractedBytes'> {
  const extracted = tree === undefined ? entries.filter(isExtracted) : tree.entries;
  return {
    storedBytes: entries.reduce((sum, { storedBytes }) => sum + storedBytes, 0),
    extractedBytes: extracted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

async function secondArchive({ source, cookie }: Archive): Promise<Oddity[]> {
  const end = cookie.package.start;
  const search = await findCookie(source, { start: Math.max(0, end - secondArchiveBytes), end });
  if (search.cookie === undefined && search.damage === undefined) return [];
  return [{ kind: 'second-archive', sentence: 'another archive lies in front of its archive; the bootloader uses the last one in the ' +
    'file' }];
}

function damaged(subject: string, reason: string | undefined): Oddity[] {
  return reason === undefined ? [] : [{ kind: 'damaged-member', subject, sentence: `${shown(subject)} cannot be read: ${reason}` }];
}
