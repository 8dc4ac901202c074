import type { ByteSource } from './byte-source.ts';
import { fieldsOf, type Fields } from './fields.ts';
import type { NativeImage } from './native-image.ts';
import { readPeHeader, type PeSection } from './pe-header.ts';
import { readStrings } from './strings.ts';

// Microsoft, "PE Format": optional header, the import directory table and the delay-load directory table.
const pe32Plus = 0x20b;
const subsystemOffset = 68;
const tables = [
  { directory: 1, entryBytes: 20, nameOffset: 12 },
  { directory: 13, entryBytes: 32, nameOffset: 4 },
];

/** A program links some dozen libraries. */
const libraryLimit = 2_000;

/** What a Windows program or library needs; undefined when it is none. */
export async function readPeNeeds(source: ByteSource): Promise<NativeImage | undefined> {
  const header = await readPeHeader(source);
  if (header === undefined) return undefined;
  const { platform, optional } = header;
  if (optional.lengthBytes < 2) return { platform, needs: [] }; // an object file
  const sections = await header.readSections();
  const names: number[] = [];
  for (const table of tables) names.push(...(await readTable(source, optional, sections, table)));
  const strings = await readStrings(source, names);
  const subsystem = optional.u16(subsystemOffset);
  return {
    platform,
    needs: names.map((offset) => strings.get(offset) ?? ''),
    ...(subsystem === 2 && { subsystem: 'windowed' }),
    ...(subsystem === 3 && { subsystem: 'console' }),
    ...(sections.some(({ name }) => name.startsWith('UPX')) && { packer: 'UPX' }),
  };
}

/** Where in the file the names of the libraries in one directory table lie. */
async function readTable(
  source: ByteSource, optional: Fields, sections: readonly PeSection[], table: (typeof tables)[number],
): Promise<number[]> {
  const directories = optional.u16(0) === pe32Plus ? 112 : 96;
  if (table.directory >= optional.u32(directories - 4)) return [];
  const address = optional.u32(directories + table.directory * 8);
  const start = address === 0 ? undefined : fileOffset(sections, address);
  if (start === undefined) return [];
  const bytes = await source.read(start, libraryLimit * table.entryBytes);
  const fields = fieldsOf(bytes, 'little', 'the import table');
  const names: number[] = [];
  for (let at = 0; at + table.entryBytes <= bytes.length; at += table.entryBytes) {
    const name = fields.u32(at + table.nameOffset);
    const offset = name === 0 ? undefined : fileOffset(sections, name);
    if (offset === undefined) break; // the table ends with an entry of zeros
    names.push(offset);
  }
  return names;
}

function fileOffset(sections: readonly PeSection[], address: number): number | undefined {
  const found = sections.find((section) => address >= section.address && address - section.address < section.sizeBytes);
  return found && address - found.address + found.start;
}
