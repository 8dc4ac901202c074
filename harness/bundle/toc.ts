import type { ByteSource } from './byte-source.ts';
import type { Cookie } from './cookie.ts';

/** Entry length, offset, stored length, length, compression flag, type code: big-endian; the name follows. */
const fixedBytes = 18;

/** 7,500 modules give 300 KB; they are in another archive, a table of contents has some hundred entries. */
const tocLimitBytes = 16_000_000;

/** One entry of PyInstaller's archive. */
export type TocEntry = {
  readonly name: string;
  /** One letter, for example "b" for a library (pyi_archive.h, ARCHIVE_ITEM_…). */
  readonly typeCode: string;
  /** From the file's first byte. */
  readonly offset: number;
  readonly storedBytes: number;
  readonly sizeBytes: number;
  readonly compressed: boolean;
};

/** The archive's entries, or why they cannot be read. */
export async function readToc(source: ByteSource, cookie: Cookie): Promise<{ entries: readonly TocEntry[]; damage?: string }> {
  const lengthBytes = cookie.toc.end - cookie.toc.start;
  if (lengthBytes > tocLimitBytes) return { entries: [], damage: `the archive's table of contents has ${lengthBytes} bytes` };
  const bytes = await source.read(cookie.toc.start, lengthBytes);
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
  const name = bytes.toString('utf8', fixedBytes);
  return {
    name: name.includes('\0') ? name.slice(0, name.indexOf('\0')) : name,
    typeCode: bytes.toString('latin1', 17, 18),
    offset: packageStart + bytes.readUInt32BE(4),
    storedBytes: bytes.readUInt32BE(8),
    sizeBytes: bytes.readUInt32BE(12),
    compressed: bytes[16] === 1,
  };
}
