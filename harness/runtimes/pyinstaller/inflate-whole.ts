import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import type { ByteSource } from '../native/byte-source.ts';
import { Malformed } from '../native/malformed.ts';

const inflateInThread = promisify<Buffer, { maxOutputLength: number; chunkSize: number }, Buffer>(inflate);

/** zlib asks for no less. */
const chunkMinimumBytes = 64;

/** Inflates a zlib stream that must give exactly `sizeBytes`; no more than that is ever written. Throws Malformed when it does not. */
export async function inflateWhole(stored: ByteSource, sizeBytes: number): Promise<Buffer> {
  const bytes = await stored.read(0, stored.sizeBytes);
  // One byte more than stated, so that a stream that goes on is noticed.
  const options = { maxOutputLength: sizeBytes + 1, chunkSize: Math.max(chunkMinimumBytes, sizeBytes + 1) };
  const contents = await inflateInThread(bytes, options).catch((cause: unknown) => {
    if (!isZlibError(cause)) throw cause;
    throw new Malformed(inflationDamage(cause, sizeBytes), { cause });
  });
  if (contents.length === sizeBytes) return contents;
  throw new Malformed(contents.length > sizeBytes ? tooLong(sizeBytes) : `it inflates to ${contents.length} bytes instead of ${sizeBytes}`);
}

/** What a failure of zlib says about a member that should inflate to `sizeBytes`. */
export function inflationDamage(cause: unknown, sizeBytes: number): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ERR_BUFFER_TOO_LARGE') return tooLong(sizeBytes);
  return `its compressed data are damaged (zlib: ${cause instanceof Error ? cause.message : String(cause)})`;
}

/** Whether it was zlib that failed, and not the file system. */
export function isZlibError(cause: unknown): cause is Error {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && (code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE');
}

/** The sentence for a member that goes on beyond its size. */
export function tooLong(sizeBytes: number): string {
  return `it inflates to more than the ${sizeBytes} bytes that it claims`;
}
