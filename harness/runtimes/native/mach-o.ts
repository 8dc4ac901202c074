import type { ByteRange, ByteSource, Region } from './byte-source.ts';
import { Malformed, truncated } from './errors.ts';
import { fieldsOf, readFields, type Fields } from './fields.ts';
import type { Headers, NativeImage } from './native-image.ts';

// Apple, <mach-o/fat.h> and <mach-o/loader.h>.
const [fat32, fat64] = [0xcafebabe, 0xcafebabf];
const headerSizes = new Map([[0xfeedface, 28], [0xfeedfacf, 32]]); // by magic; little-endian on every Mac since 2006
const processors: Record<number, string> = { 0x01000007: 'amd64', 0x0100000c: 'arm64', 7: '386' };
const segment64 = 0x19; // LC_SEGMENT_64: segment name, address, size, file offset and size, then its sections
const [segmentBytes, sectionBytes, sectionLimit] = [72, 80, 255];
const loads = new Set([0x0c, 0x80000018, 0x8000001f, 0x20, 0x80000023]); // LC_LOAD_DYLIB, its weak, re-exported, lazy and upward forms
const versionMinimum = 0x24; // LC_VERSION_MIN_MACOSX: the version follows
const buildVersion = 0x32; // LC_BUILD_VERSION: platform (1 is macOS), then the version

/** A Java class file has the same magic; its version, 45 and up, stands where a universal file counts its slices. */
const sliceLimit = 16;
const commandsLimitBytes = 1_000_000;

/** One processor's part of a Mach-O file; a thin file has one, the whole file. */
type Slice = ByteRange & { readonly platform: string };

/** One load command; offsets in `fields` count from the command's first byte. */
type LoadCommand = { readonly type: number; readonly fields: Fields };

/** Offsets count from the slice's first byte. */
type Segment = Region & { readonly sections: readonly { readonly name: string; readonly offset: number; readonly sizeBytes: number }[] };

/** The headers of a thin or universal Mach-O file. */
export async function openMachO(source: ByteSource): Promise<Headers | undefined> {
  const slices = await readSlices(source);
  return slices && {
    platforms: slices.map(({ platform }) => platform),
    check: async () => {
      for (const slice of slices) await checkSlice(source, slice);
      return undefined;
    },
    images: async () => {
      const images: NativeImage[] = [];
      for (const slice of slices) images.push(imageOf(slice, await readCommands(source, slice)));
      return images;
    },
  };
}

async function checkSlice(source: ByteSource, slice: Slice): Promise<void> {
  if (slice.end > source.sizeBytes) throw truncated('a slice reaches', source.sizeBytes, slice.end);
  for (const { offset, sizeBytes } of await readSegments(source, slice)) {
    const end = slice.start + offset + sizeBytes;
    if (end > slice.end) throw truncated('a segment reaches', source.sizeBytes, end);
  }
}

/** A Mach-O file's slices in file order; undefined when it is no Mach-O file. Throws Malformed when their list is cut off. */
export async function readSlices(source: ByteSource): Promise<Slice[] | undefined> {
  const head = await source.read(0, 8);
  if (head.length < 8) return undefined;
  const [magic, count] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  if ((magic === fat32 || magic === fat64) && count > 0 && count <= sliceLimit) return await readUniversal(source, magic === fat64, count);
  if (!headerSizes.has(head.readUInt32LE(0))) return undefined;
  return [{ platform: platformOf(head.readUInt32LE(4)), start: 0, end: source.sizeBytes }];
}

async function readUniversal(source: ByteSource, is64: boolean, count: number): Promise<Slice[]> {
  const entryBytes = is64 ? 32 : 20;
  const table = await readFields(source, 8, entryBytes * count, 'big', 'the list of slices');
  return table.rows(count, entryBytes).map((row) => {
    const start = is64 ? row.u64(8) : row.u32(8);
    return { platform: platformOf(row.u32(0)), start, end: start + (is64 ? row.u64(16) : row.u32(12)) };
  });
}

/** The segments of one slice with their sections. Throws Malformed when they are cut off or make no sense. */
export async function readSegments(source: ByteSource, slice: Slice): Promise<Segment[]> {
  const commands = await readCommands(source, slice);
  return commands.filter(({ type }) => type === segment64).map(({ fields }) => ({
    address: fields.u64(24), offset: fields.u64(40), sizeBytes: fields.u64(48),
    sections: fields.rows(Math.min(fields.u32(64), sectionLimit), sectionBytes, segmentBytes).map((row) => (
      { name: row.text(0, 16), sizeBytes: row.u64(40), offset: row.u32(48) }
    )),
  }));
}

async function readCommands(source: ByteSource, { start }: Slice): Promise<LoadCommand[]> {
  const header = await source.read(start, 32);
  if (header.length < 28) throw truncated('the Mach-O header reaches', source.sizeBytes, start + 32);
  const headerBytes = headerSizes.get(header.readUInt32LE(0));
  if (headerBytes === undefined) throw new Malformed('a slice is no Mach-O file');
  const commandsBytes = header.readUInt32LE(20);
  if (commandsBytes > commandsLimitBytes) throw new Malformed('the load commands make no sense');
  const bytes = await source.read(start + headerBytes, commandsBytes);
  if (bytes.length < commandsBytes) throw truncated('the load commands reach', source.sizeBytes, start + headerBytes + commandsBytes);
  const commands: LoadCommand[] = [];
  for (let offset = 0; offset + 8 <= bytes.length; ) {
    const lengthBytes = bytes.readUInt32LE(offset + 4);
    if (lengthBytes < 8) throw new Malformed('the load commands make no sense');
    const fields = fieldsOf(bytes.subarray(offset, offset + lengthBytes), 'little', 'a load command');
    commands.push({ type: fields.u32(0), fields });
    offset += lengthBytes;
  }
  return commands;
}

function imageOf({ platform }: Slice, commands: readonly LoadCommand[]): NativeImage {
  const needs = commands.filter(({ type }) => loads.has(type)).map(({ fields }) => fields.text(fields.u32(8)));
  const [minimumMacos] = commands.flatMap(({ type, fields }) => {
    if (type === versionMinimum) return [version(fields.u32(8))];
    return type === buildVersion && fields.u32(8) === 1 ? [version(fields.u32(12))] : [];
  });
  return { platform, needs, ...(minimumMacos !== undefined && { minimumMacos }) };
}

/** Packed as xxxx.yy.zz; a patch level of 0 is left out. */
function version(packed: number): string {
  const patch = packed & 0xff;
  return `${packed >>> 16}.${(packed >>> 8) & 0xff}${patch === 0 ? '' : `.${patch}`}`;
}

function platformOf(processor: number): string {
  return `darwin-${processors[processor] ?? `processor-${processor}`}`;
}
