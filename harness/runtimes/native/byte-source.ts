import { open } from 'node:fs/promises';
import { BundleError } from './errors.ts';

/** Random access to bytes. */
export type ByteSource = {
  readonly sizeBytes: number;
  /** At most `length` bytes from `offset`; fewer, down to none, where the bytes end. */
  readonly read: (offset: number, length: number) => Promise<Buffer>;
};

/** Bytes of a file, `end` not included. */
export type ByteRange = { readonly start: number; readonly end: number };

/** Bytes of an executable and where the program sees them. */
export type Region = { readonly offset: number; readonly sizeBytes: number; readonly address: number };

/** Where in the file the byte lies that the program sees at `address`; undefined outside all regions. */
export function offsetOf(regions: readonly Region[], address: number): number | undefined {
  const found = regions.find((region) => address >= region.address && address - region.address < region.sizeBytes);
  return found && address - found.address + found.offset;
}

/**
 * Runs `use` with a file open for reading and closes it afterwards.
 * @throws what the file system throws, and {BundleError} when the file was written to meanwhile: nothing read of it can be believed.
 */
export async function withFile<Result>(file: string, use: (source: ByteSource) => Promise<Result>): Promise<Result> {
  await using handle = await open(file, 'r');
  const before = await handle.stat({ bigint: true });
  const sizeBytes = Number(before.size);
  const read = async (offset: number, length: number): Promise<Buffer> => {
    const wanted = Math.max(0, Math.min(length, sizeBytes - offset));
    if (wanted === 0) return Buffer.alloc(0);
    const buffer = Buffer.allocUnsafe(wanted);
    const { bytesRead } = await handle.read(buffer, 0, wanted, offset);
    return buffer.subarray(0, bytesRead);
  };
  const [outcome] = await Promise.allSettled([use({ sizeBytes, read })]);
  const after = await handle.stat({ bigint: true });
  if (after.size !== before.size || after.mtimeNs !== before.mtimeNs) {
    throw new BundleError(`${file}: was written to while it was read; wait until its build or download has ended`);
  }
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}

/** Bytes in memory as a source. */
export function inMemory(bytes: Buffer): ByteSource {
  return { sizeBytes: bytes.length, read: async (offset, length) => bytes.subarray(offset, Math.max(offset, offset + length)) };
}

/** A part of a source as a source of its own. */
export function partOf(source: ByteSource, { start, end }: ByteRange): ByteSource {
  const sizeBytes = Math.max(0, Math.min(end, source.sizeBytes) - start);
  return { sizeBytes, read: (offset, length) => source.read(start + offset, Math.min(length, sizeBytes - offset)) };
}
