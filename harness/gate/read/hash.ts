import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** The sha256 of an open file as lower-case hexadecimal digits, read in pieces; `sizeBytes` is about how large it is. */
export async function sha256OfHandle(handle: FileHandle, sizeBytes: number): Promise<string> {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(Math.min(1_048_576, sizeBytes + 1));
  for (let position = 0; ; ) {
    const { bytesRead } = await handle.read(piece, 0, piece.length, position);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(piece.subarray(0, bytesRead));
    position += bytesRead;
  }
}

/** The sha256 of bytes as lower-case hexadecimal digits. */
export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
