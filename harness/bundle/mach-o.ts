import type { ByteSource } from './byte-source.ts';
import { truncated, type Executable } from './executable.ts';

// Apple, <mach-o/fat.h> and <mach-o/loader.h>.
const fat32 = 0xcafebabe;
const fat64 = 0xcafebabf;
const thin = new Map([[0xfeedface, 28], [0xfeedfacf, 32]]); // magic and size of the header; little-endian on every Mac since 2006
const processors: Record<number, string> = { 0x01000007: 'amd64', 0x0100000c: 'arm64', 7: '386' };
const segment64 = 0x19;

/** A Java class file has the same magic; its version, 45 and up, stands where a universal file counts its slices. */
const sliceLimit = 16;
const commandsLimitBytes = 1_000_000;

type Slice = { readonly processor: number; readonly start: number; readonly sizeBytes: number };

/** Reads a thin or universal Mach-O file's headers; undefined when it is no Mach-O file. */
export async function readMachO(source: ByteSource): Promise<Executable | undefined> {
  const head = await source.read(0, 8);
  if (head.length < 8) return undefined;
  const magic = head.readUInt32BE(0);
  const count = head.readUInt32BE(4);
  if ((magic === fat32 || magic === fat64) && count > 0 && count <= sliceLimit) return await readUniversal(source, magic === fat64, count);
  if (!thin.has(head.readUInt32LE(0))) return undefined;
  const slice = { processor: head.readUInt32LE(4), start: 0, sizeBytes: source.sizeBytes };
  return described([slice], await segmentDamage(source, slice));
}

async function readUniversal(source: ByteSource, is64: boolean, count: number): Promise<Executable> {
  const entryBytes = is64 ? 32 : 20;
  const table = await source.read(8, entryBytes * count);
  if (table.length < entryBytes * count) return described([], truncated('the list of slices reaches', source.sizeBytes, 8 + entryBytes * count));
  const slices = Array.from({ length: count }, (_, index) => readSlice(table.subarray(index * entryBytes), is64));
  for (const found of slices) {
    const end = found.start + found.sizeBytes;
    if (end > source.sizeBytes) return described(slices, truncated('a slice reaches', source.sizeBytes, end));
    const damage = await segmentDamage(source, found);
    if (damage !== undefined) return described(slices, damage);
  }
  return described(slices, undefined);
}

function readSlice(bytes: Buffer, is64: boolean): Slice {
  const processor = bytes.readUInt32BE(0);
  if (!is64) return { processor, start: bytes.readUInt32BE(8), sizeBytes: bytes.readUInt32BE(12) };
  return { processor, start: Number(bytes.readBigUInt64BE(8)), sizeBytes: Number(bytes.readBigUInt64BE(16)) };
}

/** Whether the segments of one slice lie inside it. */
async function segmentDamage(source: ByteSource, { start, sizeBytes }: Slice): Promise<string | undefined> {
  const header = await source.read(start, 32);
  const headerBytes = header.length < 28 ? undefined : thin.get(header.readUInt32LE(0));
  if (headerBytes === undefined) return header.length < 28 ? truncated('the Mach-O header reaches', source.sizeBytes, start + 32) : 'a slice is no Mach-O file';
  const commandsBytes = header.readUInt32LE(20);
  if (commandsBytes > commandsLimitBytes) return 'the load commands make no sense';
  const commands = await source.read(start + headerBytes, commandsBytes);
  if (commands.length < commandsBytes) return truncated('the load commands reach', source.sizeBytes, start + headerBytes + commandsBytes);
  for (let offset = 0; offset + 8 <= commands.length; ) {
    const lengthBytes = commands.readUInt32LE(offset + 4);
    if (lengthBytes < 8) return 'the load commands make no sense';
    if (commands.readUInt32LE(offset) === segment64 && offset + 56 <= commands.length) {
      const end = Number(commands.readBigUInt64LE(offset + 40)) + Number(commands.readBigUInt64LE(offset + 48));
      if (end > sizeBytes) return truncated('a segment reaches', source.sizeBytes, start + end);
    }
    offset += lengthBytes;
  }
  return undefined;
}

function described(slices: readonly Slice[], damage: string | undefined): Executable {
  const platforms = slices.map(({ processor }) => `darwin-${processors[processor] ?? `processor-${processor}`}`);
  return { format: 'Mach-O', platforms, ...(damage === undefined ? {} : { damage }) };
}
