import type { ByteRange, ByteSource } from './byte-source.ts';
import { Malformed } from './malformed.ts';
import { truncated } from './executable.ts';
import { fieldsOf, type Fields } from './fields.ts';

// Apple, <mach-o/fat.h> and <mach-o/loader.h>.
const fat32 = 0xcafebabe;
const fat64 = 0xcafebabf;
const headerSizes = new Map([[0xfeedface, 28], [0xfeedfacf, 32]]); // by magic; little-endian on every Mac since 2006
const processors: Record<number, string> = { 0x01000007: 'amd64', 0x0100000c: 'arm64', 7: '386' };

/** A Java class file has the same magic; its version, 45 and up, stands where a universal file counts its slices. */
const sliceLimit = 16;
const commandsLimitBytes = 1_000_000;

/** One processor's part of a Mach-O file; a thin file has one, the whole file. */
export type Slice = ByteRange & { readonly platform: string };

/** One load command; offsets in `fields` count from the command's first byte. */
export type LoadCommand = { readonly type: number; readonly fields: Fields };

/** A Mach-O file's slices in file order; undefined when it is no Mach-O file. Throws Malformed when their list is cut off. */
export async function readSlices(source: ByteSource): Promise<Slice[] | undefined> {
  const head = await source.read(0, 8);
  if (head.length < 8) return undefined;
  const magic = head.readUInt32BE(0);
  const count = head.readUInt32BE(4);
  if ((magic === fat32 || magic === fat64) && count > 0 && count <= sliceLimit) return await readUniversal(source, magic === fat64, count);
  if (!headerSizes.has(head.readUInt32LE(0))) return undefined;
  return [{ platform: platformOf(head.readUInt32LE(4)), start: 0, end: source.sizeBytes }];
}

async function readUniversal(source: ByteSource, is64: boolean, count: number): Promise<Slice[]> {
  const entryBytes = is64 ? 32 : 20;
  const bytes = await source.read(8, entryBytes * count);
  if (bytes.length < entryBytes * count) throw new Malformed(
    truncated('the list of slices reaches', source.sizeBytes, 8 + entryBytes * count)
  );
  const table = fieldsOf(bytes, 'big', 'the list of slices');
  return Array.from({ length: count }, (_, index) => {
    const at = index * entryBytes;
    const start = is64 ? table.u64(at + 8) : table.u32(at + 8);
    return { platform: platformOf(table.u32(at)), start, end: start + (is64 ? table.u64(at + 16) : table.u32(at + 12)) };
  });
}

/** The load commands of one slice. Throws Malformed when they are cut off or make no sense. */
export async function readCommands(source: ByteSource, { start }: Slice): Promise<LoadCommand[]> {
  const header = await source.read(start, 32);
  if (header.length < 28) throw new Malformed(truncated('the Mach-O header reaches', source.sizeBytes, start + 32));
  const headerBytes = headerSizes.get(header.readUInt32LE(0));
  if (headerBytes === undefined) throw new Malformed('a slice is no Mach-O file');
  const commandsBytes = header.readUInt32LE(20);
  if (commandsBytes > commandsLimitBytes) throw new Malformed('the load commands make no sense');
  const bytes = await source.read(start + headerBytes, commandsBytes);
  if (bytes.length < commandsBytes) throw new Malformed(
    truncated('the load commands reach', source.sizeBytes, start + headerBytes + commandsBytes),
  );
  const commands: LoadCommand[] = [];
  for (let offset = 0; offset + 8 <= bytes.length; ) {
    const lengthBytes = bytes.readUInt32LE(offset + 4);
    if (lengthBytes < 8) throw new Malformed('the load commands make no sense');
    commands.push({
      type: bytes.readUInt32LE(offset), fields: fieldsOf(bytes.subarray(offset, offset + lengthBytes), 'little', 'a load command'),
    });
    offset += lengthBytes;
  }
  return commands;
}

function platformOf(processor: number): string {
  return `darwin-${processors[processor] ?? `processor-${processor}`}`;
}
