import type { ByteRange } from './byte-source.ts';

/** What one processor's part of a native file asks of the system that loads it. */
export type NativeImage = {
  /** As platformId names it, for example "linux-amd64". */
  readonly platform: string;
  /** The libraries it is linked with, in its own order: DT_NEEDED, LC_LOAD_DYLIB, the import and delay import tables. */
  readonly needs: readonly string[];
  /** ELF: the symbol versions that it needs of other libraries, for example "GLIBC_2.34" and "GLIBCXX_3.4.29", sorted. */
  readonly versionNeeds?: readonly string[];
  /** ELF: the newest C library version among them, for example "2.34"; absent when it needs none. */
  readonly glibc?: string;
  /** ELF: the program interpreter, for example "/lib64/ld-linux-x86-64.so.2"; absent in libraries and in static programs. */
  readonly interpreter?: string;
  /** Mach-O: the oldest macOS that loads it, for example "11.0". */
  readonly minimumMacos?: string;
  /** PE: whether Windows gives it a console. A library names a subsystem too; it means nothing there. */
  readonly subsystem?: 'console' | 'windowed';
  /** ELF: a segment does not lie where its alignment puts it; the loader refuses such a file. Absent where all lie right. */
  readonly misaligned?: true;
  /** The packer that its sections are named after. */
  readonly packer?: 'UPX';
};

/** What the reader of a format makes of a file that is in it. */
export type Headers = {
  readonly platforms: readonly string[];
  /** The bytes of the section that PyInstaller adds on Linux, if any. Throws Malformed when the file is not whole. */
  readonly check: () => Promise<ByteRange | undefined>;
  /** What each of its images needs. Throws Malformed when that cannot be read. */
  readonly images: () => Promise<readonly NativeImage[]>;
};

const numeric = new Intl.Collator('en', { numeric: true });

/** Negative when the first release of a system is the older one: 2.9 stands before 2.28. */
export function compareReleases(a: string, b: string): number {
  return numeric.compare(a, b);
}
