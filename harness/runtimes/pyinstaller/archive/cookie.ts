import type { ByteRange, ByteSource } from '../../native/byte-source.ts';

// PyInstaller, bootloader/src/pyi_archive.h: the cookie ends the package.
const magic = Buffer.from([0x4d, 0x45, 0x49, 0x0c, 0x0b, 0x0a, 0x0b, 0x0e]);

/** Length of a cookie. */
const cookieBytes = 88;

const chunkBytes = 1_000_000;
const scanLimitBytes = 64_000_000;

/** PyInstaller's package inside a file; all offsets count from the file's first byte. */
export type Cookie = {
  readonly package: ByteRange;
  readonly toc: ByteRange;
  /** For example "3.13". */
  readonly pythonVersion: string;
  /** For example "libpython3.13.so.1.0". */
  readonly pythonLibrary: string;
};

/** What a search for a cookie gives: one, none, or one whose numbers cannot be. */
export type CookieSearch = { readonly cookie?: Cookie; readonly damage?: string };

/** The last cookie in `range`, 64 MB from its end at most. The last one counts, whatever it says: the bootloader looks at no other. */
export async function findCookie(source: ByteSource, range: ByteRange): Promise<CookieSearch> {
  const lowest = Math.max(range.start, range.end - scanLimitBytes);
  for (let end = range.end; end - lowest >= magic.length; ) {
    const start = Math.max(lowest, end - chunkBytes);
    const chunk = await source.read(start, end - start);
    const at = chunk.lastIndexOf(magic);
    if (at >= 0) {
      const read = readCookie(await source.read(start + at, cookieBytes), start + at, range);
      return typeof read === 'string' ? { damage: read } : { cookie: read };
    }
    if (start === lowest) break;
    end = start + magic.length - 1; // a magic may lie across two chunks
  }
  return {};
}

/** The cookie at `offset`, or what is wrong with it. */
function readCookie(bytes: Buffer, offset: number, range: ByteRange): Cookie | string {
  if (bytes.length < cookieBytes || offset + cookieBytes > range.end) return "the archive's cookie is cut off";
  const lengthBytes = bytes.readUInt32BE(8);
  const tocOffset = bytes.readUInt32BE(12);
  const tocBytes = bytes.readUInt32BE(16);
  const end = offset + cookieBytes;
  const start = end - lengthBytes;
  if (lengthBytes < cookieBytes || start < range.start) {
    return `the archive's cookie tells of ${lengthBytes} bytes, but ${end - range.start} are there`;
  }
  if (tocOffset + tocBytes > lengthBytes - cookieBytes) return "the archive's table of contents reaches beyond the archive";
  const pythonVersion = version(bytes.readUInt32BE(20));
  if (pythonVersion === undefined) return `the archive's cookie names no Python version (${bytes.readUInt32BE(20)})`;
  const name = bytes.toString('latin1', 24);
  const toc = { start: start + tocOffset, end: start + tocOffset + tocBytes };
  return { package: { start, end }, toc, pythonVersion, pythonLibrary: name.slice(0, Math.max(0, name.indexOf('\0'))) };
}

/** 313 is 3.13; before 3.10 it was written as 39. */
function version(number: number): string | undefined {
  const unit = number < 100 ? 10 : 100;
  const major = Math.floor(number / unit);
  return major === 2 || major === 3 ? `${major}.${number % unit}` : undefined;
}
