import { withArchive } from './pyinstaller/archive/find-archive.ts';
import { isOneFile, readToc } from './pyinstaller/archive/toc.ts';
import { withFile, type ByteSource } from './native/byte-source.ts';
import type { Executable } from './native/executable.ts';
import { readExecutable } from './native/native-file.ts';
import { isText } from './native/text.ts';

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

/**
 * Tells what a file is from a bounded number of its bytes, without running it; whatever they are, it does not throw.
 * Throws only what the file system throws, and a BundleError when the file is written to meanwhile.
 */
export async function identify(file: string): Promise<Identity> {
  return await withFile(file, async (source) => {
    const { sizeBytes } = source;
    if (sizeBytes === 0) return { format: 'empty', platforms: [], sizeBytes };
    const executable = await readExecutable(source);
    if (executable === undefined) return { format: (await isText(source)) ? 'text' : 'unknown', platforms: [], sizeBytes };
    const { format, platforms, damage } = executable;
    // What is cut off at its end has lost its archive too: the first reason says more.
    const frozen = damage === undefined ? await readPyInstaller(source, file, executable) : { damage };
    return { format, platforms, sizeBytes, ...frozen };
  });
}

type Frozen = Pick<Identity, 'freezer' | 'pythonVersion' | 'damage'>;

async function readPyInstaller(source: ByteSource, file: string, executable: Executable): Promise<Frozen> {
  return await withArchive(source, file, executable, async (found) => {
    if (found === undefined) return {};
    if ('damage' in found) return { freezer: 'PyInstaller', damage: found.damage };
    const { pythonVersion } = found.cookie;
    const toc = await readToc(found.source, found.cookie);
    const freezer = `PyInstaller${isOneFile(toc.entries) ? ' one-file' : ''}, Python ${pythonVersion}`;
    return { freezer, pythonVersion, ...(toc.damage === undefined ? {} : { damage: toc.damage }) };
  });
}
