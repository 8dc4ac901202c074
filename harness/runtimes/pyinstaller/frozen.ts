import { findCookie, type Archive } from './archive/find-archive.ts';
import { generationOf, readBootloader } from './archive/generation.ts';
import { isOneFile, readToc } from './archive/toc.ts';
import type { Entry, FrozenBundle, Link, Oddity } from '../bundle.ts';
import { BundleError, orDamage, restore } from '../native/errors.ts';
import { readHeaders } from '../native/native.ts';
import type { OpenedFile } from '../runtime.ts';
import { readDistributions } from './distributions.ts';
import { withEntry, type Opened } from './entry-source.ts';
import { isExtracted, overlapping, packageEntries, scriptsOf } from './roles.ts';
import { readModules } from './modules.ts';
import { examineNatives, type Proven } from './native-files.ts';
import { layoutOddities } from '../native/layout.ts';
import { damagedMember, entryOddities, missingParts, shown } from './oddities.ts';
import { readTree } from './tree.ts';

const linkLimitBytes = 4_096;

/** How far in front of a package another one can end: a bootloader lies between them. */
const secondArchiveBytes = 1_000_000;

/**
 * Lists everything that PyInstaller put into an executable and, one-dir, into its folder; what it inflates to the end is `proven`.
 * @throws {BundleError} when it cannot be read.
 */
export async function readFrozen(opened: OpenedFile, archive: Archive, proven?: Proven): Promise<FrozenBundle> {
  const { file, source, executable } = opened;
  const { pythonVersion, pythonLibrary } = archive.cookie;
  const toc = await readToc(archive.source, archive.cookie);
  const broken = (damage: string) => new BundleError(`${file}: ${damage}; ${restore}`);
  if (toc.damage !== undefined) throw broken(toc.damage);
  const lying = overlapping(toc.entries);
  if (lying !== undefined) throw broken(`the archive's entry ${shown(lying.name)} lies over another one`);

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
  if (importable.damage !== undefined) throw broken(importable.damage);
  const { bytecodeMagic, ...frozenModules } = importable.value;
  // PyInstaller takes what is executable for a binary; what turned out to be no native code is data, and no module.
  const others = new Set(examined.filter(({ native, damage }) => native === undefined && damage === undefined).map(({ entry }) => entry));
  const otherNames = new Set(Array.from(others, ({ name }) => name));
  const entries = named.map((entry): Entry =>
    (others.has(entry) && /^(?:library|extension module)$/.test(entry.role) ? { ...entry, role: 'data' } : entry));
  const modules = frozenModules.modules.filter(({ kind, entry }) => kind !== 'extension module' || !otherNames.has(entry));
  const links = [...packedLinks, ...(tree?.links ?? [])];
  const headers = await readHeaders(opened);
  const bootloader = await readBootloader(source, archive.source === source ? archive.cookie.package.start : undefined);

  return {
    ...headers,
    kind: tree === undefined ? 'one-file' : 'one-dir',
    producer: 'PyInstaller',
    generation: generationOf(bootloader, executable.format, toc.entries),
    pythonVersion,
    pythonLibrary,
    ...(bytecodeMagic !== undefined && { bytecodeMagic }),
    archiveFile: archive.file,
    ...(tree !== undefined && { contentsFolder: tree.contentsFolder }),
    entries,
    modules,
    distributions: metadata.distributions,
    nativeFiles: examined.flatMap(({ native }) => native ?? []),
    links,
    scripts: scriptsOf(entries),
    options,
    storedBytes: entries.reduce((sum, { storedBytes }) => sum + storedBytes, 0),
    extractedBytes: (tree?.entries ?? entries.filter(isExtracted)).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    oddities: [
      ...headers.oddities,
      ...(await secondArchive(archive)),
      ...(archive.source === source ? await layoutOddities(source, archive.cookie.package.end) : []),
      ...entryOddities(toc.entries, entries, links),
      ...frozenModules.oddities,
      ...[...examined, ...metadata.damaged].flatMap(({ entry, damage }) => damagedMember(entry.name, damage)),
      ...missingParts({ entries, links, pythonLibrary }),
      ...(tree?.oddities ?? []),
    ],
  };
}

async function readLinks(opened: Opened, entries: readonly Entry[], windows: boolean): Promise<Link[]> {
  const links: Link[] = [];
  for (const entry of entries.filter(({ role }) => role === 'link')) {
    const read = await orDamage(() => withEntry(opened, entry, (contents) => contents.read(0, linkLimitBytes)));
    const [target = ''] = (read.value?.toString('utf8') ?? '').split('\0', 1);
    links.push({ name: entry.name, target: windows ? target.replaceAll('\\', '/') : target });
  }
  return links;
}

async function secondArchive({ source, cookie }: Archive): Promise<Oddity[]> {
  const end = cookie.package.start;
  const { value: found, damage } = await orDamage(() => findCookie(source, { start: Math.max(0, end - secondArchiveBytes), end }));
  if (found === undefined && damage === undefined) return [];
  const sentence = 'another archive lies in front of its archive; the bootloader uses the last one in the file';
  return [{ kind: 'second-archive', sentence }];
}
