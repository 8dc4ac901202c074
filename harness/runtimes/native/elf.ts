import type { ByteRange, ByteSource } from './byte-source.ts';
import { Malformed } from './malformed.ts';
import { readElfHeader, word, type ElfHeader } from './elf-header.ts';
import { truncated, type Executable } from './executable.ts';
import { fieldsOf, type Fields } from './fields.ts';

/** A section name table is a few hundred bytes; a table of sections a few kilobytes. */
const tableLimitBytes = 4_000_000;

/** SHT_NOBITS: takes no room in the file. */
const noBits = 8;

/** A part of an ELF file by name, and its SHT_ number. */
export type Section = { readonly name: string; readonly type: number } & ByteRange;

/** Reads an ELF file's header and section table; undefined when it is no ELF file. */
export async function readElf(source: ByteSource): Promise<Executable | undefined> {
  let platforms: string[] = [];
  try {
    const header = await readElfHeader(source);
    if (header === undefined) return undefined;
    platforms = [header.platform];
    const sections = await readSections(source, header);
    const found = sections.find(({ name }) => name === 'pydata');
    const names = sections.map(({ name }) => name);
    return { format: 'ELF', platforms, sections: names, ...(found && { package: { start: found.start, end: found.end } }) };
  } catch (error) {
    if (error instanceof Malformed) return { format: 'ELF', platforms, sections: [], damage: error.message };
    throw error;
  }
}

/** The sections of an ELF file; none where it was stripped of their table. Throws Malformed when one lies beyond the end of the file. */
export async function readSections(source: ByteSource, header: ElfHeader): Promise<Section[]> {
  const { start, entryBytes, count, namesIndex } = header.sections;
  if (start === 0) return []; // stripped of its section table; loaders do not need one
  const end = start + entryBytes * count;
  if (end > source.sizeBytes) throw new Malformed(truncated('the section header table lies', source.sizeBytes, end));
  if (entryBytes < (header.is64 ? 64 : 40) || end - start > tableLimitBytes) throw new Malformed('the section header table makes no sense');
  const table = fieldsOf(await source.read(start, end - start), header.order, 'the section header table');
  const ranges = Array.from({ length: count }, (_, index) => sectionRange(header, table, index * entryBytes));
  const cut = ranges.find((range) => range.type !== noBits && range.end > source.sizeBytes);
  if (cut !== undefined) throw new Malformed(truncated('a section reaches', source.sizeBytes, cut.end));
  const names = await readNames(source, ranges[namesIndex]);
  return ranges.map((range, index) => {
    const name = table.u32(index * entryBytes);
    return { ...range, name: name < names.lengthBytes ? names.text(name) : '' };
  });
}

function sectionRange({ is64 }: ElfHeader, table: Fields, at: number): Omit<Section, 'name'> {
  const start = word(is64, table, at + (is64 ? 24 : 16));
  return { type: table.u32(at + 4), start, end: start + word(is64, table, at + (is64 ? 32 : 20)) };
}

async function readNames(source: ByteSource, range: ByteRange | undefined): Promise<Fields> {
  const bytes = range === undefined ? Buffer.alloc(0) : await source.read(range.start, Math.min(range.end - range.start, tableLimitBytes));
  return fieldsOf(bytes, 'little', 'the section names');
}
