import type { ByteRange } from './byte-source.ts';

/** A file as the operating system's loader would see it, without what it carries. */
export type Executable = {
  readonly format: 'ELF' | 'Mach-O' | 'PE';
  /** As platformId names them, for example "linux-amd64"; several for a universal Mach-O, none where the header is cut off. */
  readonly platforms: readonly string[];
  /** Why it cannot be whole, in one sentence without a full stop. */
  readonly damage?: string;
  /** The bytes of the section that PyInstaller adds on Linux. */
  readonly package?: ByteRange;
  /** The names of its sections; those of all slices of a universal Mach-O. */
  readonly sections: readonly string[];
};

/** The sentence for a part of a file that should be there and is not. */
export function truncated(part: string, sizeBytes: number, neededBytes: number): string {
  return `${part} beyond the end of the file: it is truncated (${sizeBytes} of at least ${neededBytes} bytes)`;
}
