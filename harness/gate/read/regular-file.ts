import { createHash, hash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';

/** Why a file was not read; `missing`: there is nothing of that name. */
export type Refusal = { readonly refused: 'missing' | 'unreadable'; readonly why: string };

/**
 * Opens a regular file, links followed, and hands it over for reading. Never waits: a named pipe without a writer would otherwise
 * hold the gate for ever (open(2), O_NONBLOCK), and the look at what was opened cannot be deceived by a change of the name.
 */
export async function withRegularFile<Result>(
  file: string, use: (handle: FileHandle, sizeBytes: number) => Promise<Result>,
): Promise<Result | Refusal> {
  try {
    // Windows has neither such pipes nor the flag.
    await using handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = await handle.stat();
    if (!stat.isFile()) return { refused: 'unreadable', why: stat.isDirectory() ? 'it is a folder' : 'it is not a regular file' };
    return await use(handle, stat.size);
  } catch (error) {
    return refusalOf(error);
  }
}

/** A whole small file; refused when it holds more than `limitBytes`, however much that is, or grows beyond them meanwhile. */
export async function readSmallFile(file: string, limitBytes: number): Promise<Buffer | Refusal> {
  return await withRegularFile<Buffer | Refusal>(file, async (handle, sizeBytes) => {
    if (sizeBytes > limitBytes) return { refused: 'unreadable', why: `it is larger than ${limitBytes / 1_000_000} MB` };
    // One byte more than there should be; `end` is the last one that is read.
    const bytes = await buffer(handle.createReadStream({ start: 0, end: sizeBytes, autoClose: false, highWaterMark: 1_048_576 }));
    return bytes.length > sizeBytes ? { refused: 'unreadable', why: 'it grew while it was read' } : bytes;
  });
}

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ELOOP: 'its links go round in a circle',
  ENXIO: 'it is not a regular file',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'its name is too long',
};

/** What the operating system says, in words where they help. Throws again what is no error of the operating system. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof Error && 'code' in error)) throw error;
  const code = String(error.code);
  if (code === 'ENOENT' || code === 'ENOTDIR') return { refused: 'missing', why: 'there is no such file' };
  return { refused: 'unreadable', why: words[code] ?? code };
}

/** Whether reading gave a refusal. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

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
