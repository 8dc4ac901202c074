import { stat } from 'node:fs/promises';
import { messageOf } from '../../model/errors.ts';
import { withArchive } from './archive/find-archive.ts';
import { readBootloader } from './archive/generation.ts';
import { readGoBuildInfo } from '../go/build-info.ts';
import type { Bundle, OpaqueBundle } from './bundle.ts';
import { BundleError, restore } from './bundle-error.ts';
import { withFile, type ByteSource } from '../native/byte-source.ts';
import { readFrozen } from './frozen.ts';
import { orDamage } from '../native/malformed.ts';
import { readExecutable } from '../native/native-file.ts';
import { readOpaque, readOther } from './opaque.ts';

/**
 * Reads what a file is and holds, without running it: of PyInstaller's executables everything that can be listed, of any
 * other file what its headers tell. It inflates only what the list needs; `verifyIntact` reads the rest.
 * @throws {BundleError} when PyInstaller made it and it cannot be read: damaged, contradictory, written to meanwhile, or
 *   one-dir without its folder; also when there is no such file.
 */
export async function readBundle(file: string): Promise<Bundle> {
  return await readable(file, async () => {
    const status = await stat(file);
    if (status.isDirectory()) throw new BundleError(`${file}: is a folder; name the executable in it`);
    if (!status.isFile()) throw new BundleError(`${file}: is no regular file; name an executable`);
    return await withFile(file, (source) => readOpened(source, file));
  });
}

async function readOpened(source: ByteSource, file: string): Promise<Bundle> {
  const executable = await readExecutable(source);
  if (executable === undefined) return await readOther(source, file);
  return await withArchive(source, file, executable, async (found) => {
    if (found === undefined) {
      const opaque = await readOpaque(source, file, executable);
      return executable.damage === undefined ? { ...opaque, ...(await readGo(source)) } : opaque;
    }
    // What is cut off at its end has lost its archive too: the first reason says more.
    if ('damage' in found) throw new BundleError(`${file}: ${executable.damage ?? found.damage}; ${restore}`);
    const bootloader = await readBootloader(source, found.source === source ? found.cookie.package.start : undefined);
    return await readFrozen({ file, source, executable, bootloader }, found);
  });
}

/** What Go wrote into it, or why that cannot be read. */
async function readGo(source: ByteSource): Promise<Partial<Pick<OpaqueBundle, 'go' | 'oddities'>>> {
  const read = await orDamage(() => readGoBuildInfo(source));
  if ('damage' in read) return { oddities: [{ kind: 'damaged-executable', sentence: read.damage }] };
  return read.value === undefined ? {} : { go: read.value };
}

/** What the file system says, as a sentence for whoever named the file. */
async function readable<Result>(file: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause && 'syscall' in cause ? cause.code : undefined;
    if (code === undefined) throw cause;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new BundleError(`${file}: no such file; build it first, or name another`, { cause });
    throw new BundleError(`${file}: cannot be read: ${messageOf(cause)}`, { cause });
  }
}
