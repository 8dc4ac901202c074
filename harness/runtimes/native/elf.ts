import { offsetOf, type ByteRange, type ByteSource, type Region } from './byte-source.ts';
import { Malformed, truncated } from './errors.ts';
import { fieldsOf, readStrings, type Fields, type Order } from './fields.ts';
import { compareReleases, type Headers, type NativeImage } from './native-image.ts';

// System V ABI, chapters 4 and 5: the structures Elf32_* and Elf64_*, types of sections and program headers, dynamic array tags.
const machines: Record<number, string> = { 3: '386', 40: 'arm', 62: 'amd64', 183: 'arm64', 243: 'riscv64', 21: 'ppc64', 22: 's390x' };
const systems: Record<number, string> = { 9: 'freebsd', 12: 'openbsd' };
const noBits = 8; // SHT_NOBITS: takes no room in the file
const [load, dynamic, interp] = [1, 2, 3];
const [tagEnd, tagNeeded, tagStrings] = [0, 1, 5];
const tagVersionNeeds = 0x6ffffffe; // DT_VERNEED, Linux Standard Base, "Symbol Versioning"

/** A section name table is a few hundred bytes; a table of sections a few kilobytes. */
const tableLimitBytes = 4_000_000;

/** A dynamic section has some 30 entries; ten libraries with ten versions each take 2 KB. */
const dynamicLimitBytes = 64_000;
const versionLimit = 4_000;

/** Where a table lies and how long it is. */
type Table = { readonly start: number; readonly entryBytes: number; readonly count: number };

/** What an ELF file's first 52 or 64 bytes say. */
type ElfHeader = {
  readonly is64: boolean;
  readonly order: Order;
  readonly platform: string;
  readonly programs: Table;
  readonly sections: Table & { readonly namesIndex: number };
};

/** A part of the file by name, and its SHT_ number. */
type Section = { readonly name: string; readonly type: number } & ByteRange;

/** A program header: what the loader maps and how, with PF_X, PF_W and PF_R as flags; 0 and 1 are no alignment. */
type Segment = Region & { readonly type: number; readonly flags: number; readonly alignment: number };

/** An ELF file's headers. What it needs is read as the loader reads it, so a stripped section table is no matter. */
export async function openElf(source: ByteSource): Promise<Headers | undefined> {
  const header = await readElfHeader(source);
  return header && {
    platforms: [header.platform],
    check: async () => {
      const found = (await readSections(source, header)).find(({ name }) => name === 'pydata');
      return found && { start: found.start, end: found.end };
    },
    images: async () => [await readImage(source, header)],
  };
}

/** An ELF file's header, or undefined when it is no ELF file. Throws Malformed when the header is cut off. */
export async function readElfHeader(source: ByteSource): Promise<ElfHeader | undefined> {
  const bytes = await source.read(0, 64);
  if (!bytes.subarray(0, 4).equals(Buffer.from('\x7fELF'))) return undefined;
  const is64 = bytes[4] === 2;
  const headerBytes = is64 ? 64 : 52;
  if (bytes.length < headerBytes) throw truncated('the ELF header reaches', source.sizeBytes, headerBytes);
  const order = bytes[5] === 2 ? 'big' : 'little';
  const fields = fieldsOf(bytes, order, 'the ELF header');
  const machine = fields.u16(18);
  const counts = is64 ? 54 : 42;
  const table = (start: number, at: number): Table => ({
    start: word(is64, fields, start), entryBytes: fields.u16(at), count: fields.u16(at + 2),
  });
  return {
    is64,
    order,
    platform: `${systems[bytes[7] ?? 0] ?? 'linux'}-${machines[machine] ?? `machine-${machine}`}`,
    programs: table(is64 ? 32 : 28, counts),
    sections: { ...table(is64 ? 40 : 32, counts + 4), namesIndex: fields.u16(counts + 8) },
  };
}

/** The sections of an ELF file; none where it was stripped of their table. Throws Malformed when one lies beyond the end of the file. */
export async function readSections(source: ByteSource, { is64, order, sections }: ElfHeader): Promise<Section[]> {
  const { start, entryBytes, count, namesIndex } = sections;
  if (start === 0) return []; // stripped of its section table; loaders do not need one
  const end = start + entryBytes * count;
  if (end > source.sizeBytes) throw truncated('the section header table lies', source.sizeBytes, end);
  if (entryBytes < (is64 ? 64 : 40) || end - start > tableLimitBytes) throw new Malformed('the section header table makes no sense');
  const rows = fieldsOf(await source.read(start, end - start), order, 'the section header table').rows(count, entryBytes);
  const ranges = rows.map((row) => {
    const offset = word(is64, row, is64 ? 24 : 16);
    return { type: row.u32(4), start: offset, end: offset + word(is64, row, is64 ? 32 : 20), nameAt: row.u32(0) };
  });
  const cut = ranges.find((range) => range.type !== noBits && range.end > source.sizeBytes);
  if (cut !== undefined) throw truncated('a section reaches', source.sizeBytes, cut.end);
  const place = ranges[namesIndex] ?? { start: 0, end: 0 };
  const bytes = await source.read(place.start, Math.min(place.end - place.start, tableLimitBytes));
  const names = fieldsOf(bytes, 'little', 'the section names');
  return ranges.map(({ nameAt, ...range }) => ({ ...range, name: nameAt < names.lengthBytes ? names.text(nameAt) : '' }));
}

/** An ELF file's program headers. Throws Malformed when they are cut off or make no sense. */
export async function readSegments(source: ByteSource, { is64, order, programs }: ElfHeader): Promise<Segment[]> {
  const { start, entryBytes, count } = programs;
  if (count > 0 && entryBytes < (is64 ? 56 : 32)) throw new Malformed('the program header table makes no sense');
  const table = fieldsOf(await source.read(start, entryBytes * count), order, 'the program header table');
  const [flags, ...places] = is64 ? [4, 8, 16, 32, 48] as const : [24, 4, 8, 16, 28] as const;
  return table.rows(count, entryBytes).map((row) => {
    const [offset = 0, address = 0, sizeBytes = 0, alignment = 0] = places.map((at) => word(is64, row, at));
    return { type: row.u32(0), flags: row.u32(flags), offset, address, sizeBytes, alignment };
  });
}

async function readImage(source: ByteSource, header: ElfHeader): Promise<NativeImage> {
  const segments = await readSegments(source, header);
  const { platform } = header;
  const named = segments.find(({ type }) => type === interp);
  const interpreter = named && fieldsOf(await source.read(named.offset, 1024), 'little', 'the interpreter').text(0);
  // glibc, elf/dl-load.c: ELF load command address/offset not page-aligned.
  const misaligned = segments.some(({ type, offset, address, alignment }) => type === load && alignment > 1 &&
    (address - offset) % alignment !== 0);
  return {
    platform, ...(interpreter !== undefined && { interpreter }), ...(misaligned && { misaligned }),
    ...(await readDynamic(source, header, segments)),
  };
}

async function readDynamic(source: ByteSource, header: ElfHeader, segments: readonly Segment[]): Promise<Omit<NativeImage, 'platform'>> {
  const segment = segments.find(({ type }) => type === dynamic);
  if (segment === undefined) return { needs: [] }; // a static program
  const entries = await readTags(source, header, segment);
  const one = (tag: number) => entries.find((entry) => entry.tag === tag)?.value;
  const [stringsAddress, versionsAddress] = [one(tagStrings), one(tagVersionNeeds)];
  if (stringsAddress === undefined) return { needs: [] };
  const strings = fileOffset(segments, stringsAddress);
  const needed = entries.filter(({ tag }) => tag === tagNeeded).map(({ value }) => strings + value);
  const versions = versionsAddress === undefined ? [] : await readVersions(source, header.order, fileOffset(segments, versionsAddress));
  const texts = await readStrings(source, [...needed, ...versions.map((offset) => strings + offset)]);
  const needs = needed.map((offset) => texts.get(offset) ?? '');
  const versionNeeds = [...new Set(versions.map((offset) => texts.get(strings + offset) ?? ''))].sort();
  // GLIBC_PRIVATE and GLIBC_ABI_… are no versions.
  const releases = versionNeeds.flatMap((version) => /^GLIBC_(\d[\d.]*)$/.exec(version)?.[1] ?? []);
  const glibc = releases.sort(compareReleases).at(-1);
  return { needs, ...(versionNeeds.length > 0 && { versionNeeds }), ...(glibc !== undefined && { glibc }) };
}

async function readTags(source: ByteSource, { is64, order }: ElfHeader, { offset, sizeBytes }: Segment) {
  const entryBytes = is64 ? 16 : 8;
  const fields = fieldsOf(await source.read(offset, Math.min(sizeBytes, dynamicLimitBytes)), order, 'the dynamic section');
  const entries: { readonly tag: number; readonly value: number }[] = [];
  for (let at = 0; at < Math.min(sizeBytes, dynamicLimitBytes); at += entryBytes) {
    const tag = word(is64, fields, at);
    if (tag === tagEnd) break;
    entries.push({ tag, value: word(is64, fields, at + entryBytes / 2) });
  }
  return entries;
}

/** Where in the string table the names of the needed versions begin: Verneed and Vernaux are chained by relative offsets. */
async function readVersions(source: ByteSource, order: Order, start: number): Promise<number[]> {
  const fields = fieldsOf(await source.read(start, dynamicLimitBytes), order, 'the list of needed versions');
  const names: number[] = [];
  let steps = 0;
  for (let library = 0, next = 1; next !== 0 && steps < versionLimit; library += next) {
    const count = fields.u16(library + 2);
    for (let index = 0, version = library + fields.u32(library + 8); index < count && steps < versionLimit; index += 1, steps += 1) {
      names.push(fields.u32(version + 8));
      version += fields.u32(version + 12);
    }
    next = fields.u32(library + 12);
    steps += 1;
  }
  return names;
}

function fileOffset(segments: readonly Segment[], address: number): number {
  const found = offsetOf(segments.filter(({ type }) => type === load), address);
  if (found === undefined) throw new Malformed('the dynamic section points outside the file');
  return found;
}

/** A number as wide as the file's addresses. */
function word(is64: boolean, fields: Fields, offset: number): number {
  return is64 ? fields.u64(offset) : fields.u32(offset);
}
