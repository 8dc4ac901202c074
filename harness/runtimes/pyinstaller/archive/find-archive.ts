import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { withFile, type ByteRange, type ByteSource } from '../../native/byte-source.ts';
import { Malformed, orDamage } from '../../native/errors.ts';
import type { Executable } from '../../native/executable.ts';
import { isBootloader, readBootloader } from './generation.ts';
import type { Cookie } from './toc.ts';

// PyInstaller, bootloader/src/pyi_archive.h: the cookie ends the package.
const magic = Buffer.from([0x4d, 0x45, 0x49, 0x0c, 0x0b, 0x0a, 0x0b, 0x0e]);
const cookieBytes = 88;

const chunkBytes = 1_000_000;
const scanLimitBytes = 64_000_000;

/** PyInstaller's package and where it was found; all paths are those behind links, as the bootloader takes them. */
export type Archive = {
  readonly source: ByteSource;
  /** The file that is open: the executable, or the package beside it. */
  readonly file: string;
  readonly executable: string;
  readonly folder: string;
  readonly cookie: Cookie;
};

/**
 * Runs `use` with PyInstaller's package in an executable, or in `NAME.pkg` beside it (`append_pkg=False`); with nothing when PyInstaller
 * had no part in the file. Throws Malformed where a package must be and is not, or is damaged.
 */
export async function withArchive<Result>(
  source: ByteSource, file: string, { package: section }: Executable, use: (archive: Archive | undefined) => Promise<Result>,
): Promise<Result> {
  const executable = await realpath(file);
  const folder = dirname(executable);
  const { value: cookie, damage } = await orDamage(() => findCookie(source, { start: section?.start ?? 0, end: source.sizeBytes }));
  if (cookie !== undefined) return await use({ source, file: executable, executable, folder, cookie });
  if (section === undefined && !isBootloader(await readBootloader(source))) return await use(undefined);
  const missing = damage ?? "PyInstaller's bootloader has no archive behind it: the file was truncated, stripped or rewritten";
  const beside = [`${executable}.pkg`, join(folder, `${parse(executable).name}.pkg`)].find((name) => existsSync(name));
  if (beside === undefined) throw new Malformed(missing);
  return await withFile(beside, async (pkg) => {
    const found = await findCookie(pkg, { start: 0, end: pkg.sizeBytes });
    if (found === undefined) throw new Malformed(missing);
    return await use({ source: pkg, file: beside, executable, folder, cookie: found });
  });
}

/**
 * The last cookie in `range`, 64 MB from its end at most. The last one counts, whatever it says: the bootloader looks at no other.
 * Throws Malformed when its numbers cannot be.
 */
export async function findCookie(source: ByteSource, range: ByteRange): Promise<Cookie | undefined> {
  const lowest = Math.max(range.start, range.end - scanLimitBytes);
  for (let end = range.end; end - lowest >= magic.length; ) {
    const start = Math.max(lowest, end - chunkBytes);
    const at = (await source.read(start, end - start)).lastIndexOf(magic);
    if (at >= 0) return readCookie(await source.read(start + at, cookieBytes), start + at, range);
    if (start === lowest) break;
    end = start + magic.length - 1; // a magic may lie across two chunks
  }
  return undefined;
}

function readCookie(bytes: Buffer, offset: number, range: ByteRange): Cookie {
  const end = offset + cookieBytes;
  if (bytes.length < cookieBytes || end > range.end) throw new Malformed("the archive's cookie is cut off");
  const [lengthBytes = 0, tocOffset = 0, tocBytes = 0, python = 0] = [8, 12, 16, 20].map((at) => bytes.readUInt32BE(at));
  const start = end - lengthBytes;
  if (lengthBytes < cookieBytes || start < range.start) {
    throw new Malformed(`the archive's cookie tells of ${lengthBytes} bytes, but ${end - range.start} are there`);
  }
  if (tocOffset + tocBytes > lengthBytes - cookieBytes) throw new Malformed("the archive's table of contents reaches beyond the archive");
  const unit = python < 100 ? 10 : 100; // 313 is 3.13; before 3.10 it was written as 39
  const major = Math.floor(python / unit);
  if (major !== 2 && major !== 3) throw new Malformed(`the archive's cookie names no Python version (${python})`);
  const toc = { start: start + tocOffset, end: start + tocOffset + tocBytes };
  const name = bytes.toString('latin1', 24);
  const pythonLibrary = name.slice(0, Math.max(0, name.indexOf('\0')));
  return { package: { start, end }, toc, pythonVersion: `${major}.${python % unit}`, pythonLibrary };
}
