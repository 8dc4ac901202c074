import { withFile, type ByteRange, type ByteSource } from './byte-source.ts';
import { openElf } from './elf.ts';
import { orDamage } from './errors.ts';
import { openMachO } from './mach-o.ts';
import type { NativeImage } from './native-image.ts';
import { openPe } from './pe.ts';
import { openZipapp } from './zipapp.ts';

/** Each gives undefined for a file in another format, and throws Malformed when the very header is cut off. */
const formats = [['ELF', openElf], ['Mach-O', openMachO], ['PE', openPe], ['zip', openZipapp]] as const;

/** A file as the operating system's loader would see it, without what it carries; zip: a Python program in a zip file. */
export type Executable = {
  readonly format: (typeof formats)[number][0];
  /**
   * As platformId names them, for example "linux-amd64"; several for a universal Mach-O, none for a Python program in a zip file and
   * where the header is cut off.
   */
  readonly platforms: readonly string[];
  /** Why it cannot be whole, in one sentence without a full stop. */
  readonly damage?: string;
  /** The bytes of the section that PyInstaller adds on Linux. */
  readonly package?: ByteRange;
};

/** What a file is, as far as its own headers tell. */
export type Described = Pick<Executable, 'platforms' | 'damage'> & {
  readonly format: Executable['format'] | 'text' | 'empty' | 'unknown';
  readonly sizeBytes: number;
};

/** The headers of an executable, library or extension module and whether it is whole; undefined when it is none of these. */
export async function readExecutable(source: ByteSource): Promise<Executable | undefined> {
  for (const [format, open] of formats) {
    const { value: headers, damage } = await orDamage(() => open(source));
    if (damage !== undefined) return { format, platforms: [], damage };
    if (headers === undefined) continue;
    const checked = await orDamage(headers.check);
    if (checked.damage !== undefined) return { format, platforms: headers.platforms, damage: checked.damage };
    return { format, platforms: headers.platforms, ...(checked.value && { package: checked.value }) };
  }
  return undefined;
}

/** What each of its images needs; undefined for what is no native file. Throws Malformed when that cannot be read. */
export async function readImages(source: ByteSource): Promise<readonly NativeImage[] | undefined> {
  for (const [, open] of formats) {
    const headers = await open(source);
    if (headers !== undefined) return await headers.images();
  }
  return undefined;
}

/** Tells what a file is from a bounded number of its bytes, which may be any. Throws a BundleError when it is written to meanwhile. */
export async function describeFile(file: string): Promise<Described> {
  const { executable: _, ...described } = await withFile(file, describeOpened);
  return described;
}

/** The same of an open file, with its headers where it is an executable. */
export async function describeOpened(source: ByteSource): Promise<Described & { readonly executable?: Executable }> {
  const { sizeBytes } = source;
  const executable = await readExecutable(source);
  if (executable === undefined) {
    return { format: sizeBytes === 0 ? 'empty' : (await isText(source)) ? 'text' : 'unknown', platforms: [], sizeBytes };
  }
  const { format, platforms, damage } = executable;
  return { format, platforms, sizeBytes, executable, ...(damage !== undefined && { damage }) };
}

const textProbeBytes = 4096;

/** Whether a file begins like a text: UTF-8 without a NUL. */
export async function isText(source: ByteSource): Promise<boolean> {
  const start = await source.read(0, textProbeBytes);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true }); // a character may be cut at the end
    return !start.includes(0);
  } catch {
    return false;
  }
}
