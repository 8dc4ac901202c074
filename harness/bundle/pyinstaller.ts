import { parse, join } from 'node:path';
import { existsSync } from 'node:fs';
import { withFile, type ByteSource } from './byte-source.ts';
import { findCookie } from './cookie.ts';
import type { ByteRange, Executable } from './executable.ts';
import { isOneFile, readToc } from './toc.ts';

/** What PyInstaller's bootloader sets for its child: from 6.10, and up to 6.9. Both stand in its read-only data. */
const bootloaderMarks = [Buffer.from('_PYI_APPLICATION_HOME_DIR\0'), Buffer.from('_MEIPASS2\0')];

/** The bootloader comes first in its file and has 64 to 340 KB. */
const bootloaderLimitBytes = 2_000_000;

/** What was found of PyInstaller in a file: nothing, a readable archive, or a damaged one. */
export type Frozen = { readonly freezer?: string; readonly pythonVersion?: string; readonly damage?: string };

/** Looks for PyInstaller's archive in an executable, or in `NAME.pkg` beside it (`append_pkg=False`). */
export async function readPyInstaller(source: ByteSource, file: string, executable: Executable): Promise<Frozen> {
  const found = await readArchive(source, executable.package ?? { start: 0, end: source.sizeBytes });
  if (found.freezer !== undefined) return found;
  if (executable.package === undefined && !(await hasBootloader(source))) return {};
  const beside = [`${file}.pkg`, join(parse(file).dir, `${parse(file).name}.pkg`)].find((name) => existsSync(name));
  const archive = beside === undefined ? found : await withFile(beside, (pkg) => readArchive(pkg, { start: 0, end: pkg.sizeBytes }));
  if (archive.freezer !== undefined) return archive;
  return {
    freezer: 'PyInstaller',
    damage: archive.damage ?? "PyInstaller's bootloader has no archive behind it: the file was truncated, stripped or rewritten",
  };
}

async function readArchive(source: ByteSource, range: ByteRange): Promise<Frozen> {
  const { cookie, damage } = await findCookie(source, range);
  if (cookie === undefined) return damage === undefined ? {} : { damage };
  const { pythonVersion } = cookie;
  const toc = await readToc(source, cookie);
  const freezer = `PyInstaller${isOneFile(toc.entries) ? ' one-file' : ''}, Python ${pythonVersion}`;
  return { freezer, pythonVersion, ...(toc.damage === undefined ? {} : { damage: toc.damage }) };
}

async function hasBootloader(source: ByteSource): Promise<boolean> {
  const start = await source.read(0, bootloaderLimitBytes);
  return bootloaderMarks.some((mark) => start.includes(mark));
}
