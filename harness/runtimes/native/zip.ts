import type { Entry } from '../bundle.ts';
import type { ByteSource } from './byte-source.ts';
import { Malformed } from './errors.ts';
import { fieldsOf } from './fields.ts';

// PKWARE, APPNOTE.TXT: end of central directory record, central directory headers, local file headers.
const endSignature = Buffer.from('PK\x05\x06', 'latin1');
const endBytes = 22;
const commentLimitBytes = 65_535;
const entrySignature = 0x02014b50;
const entryBytes = 46;
const directoryLimitBytes = 16_000_000;

/** One member of a zip file; method 0 is stored, 8 is deflate. `offset` is that of its local header, from the source's first byte. */
export type ZipEntry = Pick<Entry, 'name' | 'storedBytes' | 'sizeBytes' | 'offset'> & { readonly method: number; readonly crc32: number };

/** A zip file's central directory, also of one with something else in front of it. Throws Malformed, also when there is none. */
export async function readZip(source: ByteSource): Promise<ZipEntry[]> {
  const tailStart = Math.max(0, source.sizeBytes - endBytes - commentLimitBytes);
  const tail = await source.read(tailStart, endBytes + commentLimitBytes);
  const at = tail.lastIndexOf(endSignature);
  if (at < 0 || at + endBytes > tail.length) throw new Malformed('it is no zip file');
  const [count, lengthBytes, start] = [tail.readUInt16LE(at + 10), tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  const shift = tailStart + at - lengthBytes - start; // what stands in front, as Python's zipfile finds it
  if (shift < 0 || lengthBytes > directoryLimitBytes) throw new Malformed('its zip directory would lie outside it');
  const directory = fieldsOf(await source.read(start + shift, lengthBytes), 'little', 'its zip directory');
  const entries: ZipEntry[] = [];
  for (let offset = 0; entries.length < count; ) {
    if (directory.u32(offset) !== entrySignature) throw new Malformed(`entry ${entries.length + 1} of its zip directory makes no sense`);
    const nameBytes = directory.u16(offset + 28);
    entries.push({
      name: directory.text(offset + entryBytes, nameBytes),
      method: directory.u16(offset + 10),
      crc32: directory.u32(offset + 16),
      storedBytes: directory.u32(offset + 20),
      sizeBytes: directory.u32(offset + 24),
      offset: directory.u32(offset + 42) + shift,
    });
    offset += entryBytes + nameBytes + directory.u16(offset + 30) + directory.u16(offset + 32);
  }
  return entries;
}

/** A member's stored bytes. Throws Malformed when its local header does not stand where the directory says. */
export async function readStored(source: ByteSource, entry: ZipEntry): Promise<Buffer> {
  const header = await source.read(entry.offset, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw new Malformed('its local zip header is damaged');
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const bytes = await source.read(start, entry.storedBytes);
  if (bytes.length < entry.storedBytes) throw new Malformed('it reaches beyond the end of its zip file');
  return bytes;
}
