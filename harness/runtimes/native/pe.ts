import { offsetOf, type ByteSource, type Region } from './byte-source.ts';
import { truncated } from './errors.ts';
import { fieldsOf, readFields, readStrings, type Fields } from './fields.ts';
import type { Headers, NativeImage } from './native-image.ts';

// Microsoft, "PE Format": MS-DOS stub, COFF file header, optional header, section table; the import and the delay-load directory tables.
const machines: Record<number, string> = { 0x014c: '386', 0x8664: 'amd64', 0xaa64: 'arm64' };
const signature = 0x4550; // "PE\0\0"
const sectionBytes = 40;
const pe32Plus = 0x20b;
const subsystemOffset = 68;
const subsystems: Record<number, NativeImage['subsystem']> = { 2: 'windowed', 3: 'console' };
const tables = [
  { directory: 1, entryBytes: 20, nameOffset: 12 },
  { directory: 13, entryBytes: 32, nameOffset: 4 },
];

/** The stub in front of the header is a few hundred bytes; a program links some dozen libraries. */
const stubLimitBytes = 1_000_000;
const libraryLimit = 2_000;

/** A section with its IMAGE_SCN_ flags. */
type Section = Region & { readonly name: string; readonly characteristics: number };

/** A Windows executable's headers; the optional header has no fields when it is cut off or absent. */
type PeHeader = { readonly platform: string; readonly optional: Fields; readonly readSections: () => Promise<Section[]> };

/** The headers of a Windows executable. */
export async function openPe(source: ByteSource): Promise<Headers | undefined> {
  const header = await readPeHeader(source);
  return header && {
    platforms: [header.platform],
    check: async () => {
      const sections = await header.readSections();
      const cut = sections.find(({ offset, sizeBytes }) => offset > 0 && offset + sizeBytes > source.sizeBytes);
      if (cut !== undefined) throw truncated('a section reaches', source.sizeBytes, cut.offset + cut.sizeBytes);
      return undefined;
    },
    images: async () => [await readImage(source, header)],
  };
}

/** A Windows executable's headers; undefined when it is none. Throws Malformed when they are cut off. */
export async function readPeHeader(source: ByteSource): Promise<PeHeader | undefined> {
  const stub = await source.read(0, 64);
  if (stub.toString('latin1', 0, 2) !== 'MZ' || stub.length < 64) return undefined;
  const start = stub.readUInt32LE(60);
  if (start > stubLimitBytes) return undefined;
  const header = await readFields(source, start, 24, 'little', 'the PE header');
  if (header.u32(0) !== signature) return undefined;
  const [machine, count, optionalBytes] = [header.u16(4), header.u16(6), header.u16(20)];
  return {
    platform: `windows-${machines[machine] ?? `machine-${machine}`}`,
    optional: fieldsOf(await source.read(start + 24, optionalBytes), 'little', 'the optional header'),
    readSections: async () => {
      const table = await readFields(source, start + 24 + optionalBytes, count * sectionBytes, 'little', 'the section table');
      return table.rows(count, sectionBytes).map((row) => ({
        name: row.text(0, 8), address: row.u32(12), sizeBytes: row.u32(16), offset: row.u32(20), characteristics: row.u32(36),
      }));
    },
  };
}

async function readImage(source: ByteSource, { platform, optional, readSections }: PeHeader): Promise<NativeImage> {
  if (optional.lengthBytes < 2) return { platform, needs: [] }; // an object file
  const sections = await readSections();
  const names: number[] = [];
  for (const table of tables) names.push(...(await readTable(source, optional, sections, table)));
  const strings = await readStrings(source, names);
  const subsystem = subsystems[optional.u16(subsystemOffset)];
  return {
    platform,
    needs: names.map((offset) => strings.get(offset) ?? ''),
    ...(subsystem !== undefined && { subsystem }),
    ...(sections.some(({ name }) => name.startsWith('UPX')) && { packer: 'UPX' }),
  };
}

/** Where in the file the names of the libraries in one directory table lie. */
async function readTable(
  source: ByteSource, optional: Fields, sections: readonly Section[], table: (typeof tables)[number],
): Promise<number[]> {
  const directories = optional.u16(0) === pe32Plus ? 112 : 96;
  if (table.directory >= optional.u32(directories - 4)) return [];
  const address = optional.u32(directories + table.directory * 8);
  const start = address === 0 ? undefined : offsetOf(sections, address);
  if (start === undefined) return [];
  const bytes = await source.read(start, libraryLimit * table.entryBytes);
  const fields = fieldsOf(bytes, 'little', 'the import table');
  const names: number[] = [];
  for (let at = 0; at + table.entryBytes <= bytes.length; at += table.entryBytes) {
    const name = fields.u32(at + table.nameOffset);
    const offset = name === 0 ? undefined : offsetOf(sections, name);
    if (offset === undefined) break; // the table ends with an entry of zeros
    names.push(offset);
  }
  return names;
}
