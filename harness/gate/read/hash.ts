import { createHash, hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** The sha256 of an open file as lower-case hexadecimal digits, read in pieces. */
export async function sha256OfHandle(handle: FileHandle): Promise<string> {
  const digest = createHash('sha256');
  for await (const piece of handle.createReadStream({ start: 0, autoClose: false, highWaterMark: 1_048_576 })) digest.update(piece);
  return digest.digest('hex');
}

/** The sha256 of bytes as lower-case hexadecimal digits. */
export function sha256Of(bytes: Uint8Array | string): string {
  return hash('sha256', bytes);
}
