import type { Entry, FrozenBundle } from '../../bundle.ts';
import type { ByteRange, ByteSource } from '../../native/byte-source.ts';

/** Entry length, offset, stored length, length, compression flag, type code: big-endian; the name follows. */
const fixedBytes = 18;

/** 7,500 modules are in an archive of their own; a table of contents has some hundred entries, 100,000 at the very most. */
const tocLimitBytes = 16_000_000;

/** PyInstaller's package inside a file; all offsets count from the file's first byte. */
export type Cookie = Pick<FrozenBundle, 'pythonVersion' | 'pythonLibrary'> & { readonly package: ByteRange; readonly toc: ByteRange };

/** One entry of PyInstaller's archive; what is wrong with the bytes of its name. */
export type TocEntry = Omit<Entry, 'role' | 'file'> & { readonly nameFault?: string };

/** The archive's entries, or why they cannot be read. */
export async function readToc(source: ByteSource, cookie: Cookie): Promise<{ entries: readonly TocEntry[]; damage?: string }> {
  const lengthBytes = cookie.toc.end - cookie.toc.start;
  if (lengthBytes > tocLimitBytes) return { entries: [], damage: `the archive's table of contents has ${lengthBytes} bytes` };
  const bytes = await source.read(cookie.toc.start, lengthBytes);
  if (bytes.length < lengthBytes) return { entries: [], damage: "the archive's table of contents is cut off" };
  const entries: TocEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const number = entries.length + 1;
    const entryBytes = at + fixedBytes <= bytes.length ? bytes.readUInt32BE(at) : 0;
    if (entryBytes <= fixedBytes || at + entryBytes > bytes.length) {
      return { entries, damage: `entry ${number} of the archive's table of contents makes no sense` };
    }
    const entry = readEntry(bytes.subarray(at, at + entryBytes), cookie.package.start);
    if (entry.offset + entry.storedBytes > cookie.toc.start) {
      return { entries, damage: `entry ${number} of the archive's table of contents points outside the archive` };
    }
    entries.push(entry);
    at += entryBytes;
  }
  return { entries };
}

/** Whether the executable unpacks itself at each start: only then does its archive hold files besides Python modules. */
export function isOneFile(entries: readonly TocEntry[]): boolean {
  return entries.some(({ typeCode }) => 'bxZnd'.includes(typeCode));
}

function readEntry(bytes: Buffer, packageStart: number): TocEntry {
  return {
    ...readName(bytes.subarray(fixedBytes)),
    typeCode: bytes.toString('latin1', 17, 18),
    offset: packageStart + bytes.readUInt32BE(4),
    storedBytes: bytes.readUInt32BE(8),
    sizeBytes: bytes.readUInt32BE(12),
    compressed: bytes[16] === 1,
  };
}

/** The name ends at the first NUL, as in the bootloader; only more NULs should follow. */
function readName(bytes: Buffer): Pick<TocEntry, 'name' | 'nameFault'> {
  const nul = bytes.indexOf(0);
  const used = nul < 0 ? bytes : bytes.subarray(0, nul);
  const name = used.toString('utf8');
  if (nul < 0) return { name, nameFault: 'is not ended by a NUL' };
  if (bytes.subarray(nul).some((byte) => byte !== 0)) return { name, nameFault: 'goes on after a NUL' };
  return name.includes('\uFFFD') ? { name, nameFault: 'is not UTF-8' } : { name };
}
