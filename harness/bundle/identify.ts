import { withFile, type ByteSource } from './byte-source.ts';
import { readElf } from './elf.ts';
import { readMachO } from './mach-o.ts';
import { readPe } from './pe.ts';
import { readPyInstaller } from './pyinstaller.ts';

/** What a file is, as far as its headers tell. */
export type Identity = {
  readonly format: 'ELF' | 'Mach-O' | 'PE' | 'text' | 'empty' | 'unknown';
  /** As platformId names them, for example "linux-amd64"; several for a universal Mach-O. */
  readonly platforms: readonly string[];
  readonly sizeBytes: number;
  /** Why the file cannot be whole, in one sentence without a full stop; absent when nothing speaks against it. */
  readonly damage?: string;
  /** For example "PyInstaller one-file, Python 3.11"; absent when it cannot be told. */
  readonly freezer?: string;
  /** The Python inside, for example "3.13". */
  readonly pythonVersion?: string;
};

const textProbeBytes = 4096;

/**
 * Tells what a file is from a bounded number of its bytes, without running it; whatever they are, it does not throw.
 * Throws only what the file system throws.
 */
export async function identify(file: string): Promise<Identity> {
  return await withFile(file, async (source) => {
    const { sizeBytes } = source;
    if (sizeBytes === 0) return { format: 'empty', platforms: [], sizeBytes };
    const executable = (await readElf(source)) ?? (await readMachO(source)) ?? (await readPe(source));
    if (executable === undefined) return { format: (await isText(source)) ? 'text' : 'unknown', platforms: [], sizeBytes };
    const { format, platforms, damage } = executable;
    // What is cut off at its end has lost its archive too: the first reason says more.
    const frozen = damage === undefined ? await readPyInstaller(source, file, executable) : { damage };
    return { format, platforms, sizeBytes, ...frozen };
  });
}

async function isText(source: ByteSource): Promise<boolean> {
  const start = await source.read(0, textProbeBytes);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true }); // a character may be cut at the end
    return !start.includes(0);
  } catch {
    return false;
  }
}
