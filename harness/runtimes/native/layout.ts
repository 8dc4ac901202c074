import type { Oddity } from '../bundle.ts';
import type { ByteSource } from './byte-source.ts';
import { readElfHeader, readSections } from './elf.ts';

/** A section that takes no bytes of the file, SHT_NOBITS. */
const withoutBytes = 8;

/**
 * Sections of an ELF file that neither a compiler nor PyInstaller makes, and bytes that lie behind all that its headers and the package,
 * which ends at `packageEnd`, tell of. Nothing is said of other formats, where a signature follows.
 */
export async function layoutOddities(source: ByteSource, packageEnd: number): Promise<Oddity[]> {
  const header = await readElfHeader(source);
  if (header === undefined || header.sections.start === 0) return [];
  const sections = await readSections(source, header);
  const { start, entryBytes, count } = header.sections;
  const end = Math.max(
    packageEnd, start + entryBytes * count, ...sections.filter(({ type }) => type !== withoutBytes).map((section) => section.end),
  );
  const foreign = sections.filter(({ name }) => name !== '' && !name.startsWith('.') && name !== 'pydata');
  return [
    ...foreign.map(({ name }): Oddity => ({
      kind: 'foreign-section', subject: name,
      sentence: `its section ${JSON.stringify(name)} is neither a compiler's nor PyInstaller's`,
    })),
    ...appended(source.sizeBytes - end),
  ];
}

function appended(count: number): Oddity[] {
  return count <= 0 ? [] : [{ kind: 'appended-bytes', sentence: `${count} bytes follow its package, which PyInstaller does not write` }];
}
