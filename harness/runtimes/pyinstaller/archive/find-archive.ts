import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { withFile, type ByteSource } from '../../native/byte-source.ts';
import type { Executable } from '../../native/executable.ts';
import { findCookie, type Cookie } from './cookie.ts';
import { isBootloader, readBootloader } from './generation.ts';

/** PyInstaller's package and where it was found; all paths are those behind links, as the bootloader takes them. */
export type Archive = {
  readonly source: ByteSource;
  /** The file that is open: the executable, or the package beside it. */
  readonly file: string;
  readonly executable: string;
  readonly folder: string;
  readonly cookie: Cookie;
};

/** A package, or why there is none where one must be; undefined when PyInstaller had no part in the file. */
export type Found = Archive | { readonly damage: string } | undefined;

/** Runs `use` with PyInstaller's package in an executable, or in `NAME.pkg` beside it (`append_pkg=False`). */
export async function withArchive<Result>(
  source: ByteSource, file: string, executable: Executable, use: (found: Found) => Promise<Result>,
): Promise<Result> {
  const real = await realpath(file);
  const place = { executable: real, folder: dirname(real) };
  const range = { start: executable.package?.start ?? 0, end: source.sizeBytes };
  const { cookie, damage } = await findCookie(source, range);
  if (cookie !== undefined) return await use({ source, file: real, ...place, cookie });
  if (executable.package === undefined && !isBootloader(await readBootloader(source))) return await use(undefined);
  const missing = damage ?? "PyInstaller's bootloader has no archive behind it: the file was truncated, stripped or rewritten";
  const beside = [`${real}.pkg`, join(place.folder, `${parse(real).name}.pkg`)].find((name) => existsSync(name));
  if (beside === undefined) return await use({ damage: missing });
  return await withFile(beside, async (pkg) => {
    const search = await findCookie(pkg, { start: 0, end: pkg.sizeBytes });
    return await use(
      search.cookie === undefined ? { damage: search.damage ?? missing } : { source: pkg, file: beside, ...place, cookie: search.cookie },
    );
  });
}
