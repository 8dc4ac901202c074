import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

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
  const tooLarge: Refusal = { refused: 'unreadable', why: `it is larger than ${limitBytes / 1_000_000} MB` };
  return await withRegularFile<Buffer | Refusal>(file, async (handle, sizeBytes) => {
    if (sizeBytes > limitBytes) return tooLarge;
    const buffer = Buffer.alloc(sizeBytes + 1);
    let filled = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled);
      if (bytesRead === 0) return buffer.subarray(0, filled);
      filled += bytesRead;
      if (filled === buffer.length) return { refused: 'unreadable', why: 'it grew while it was read' };
    }
  });
}

/** What the operating system says, in words where they help. Throws again what is no error of the operating system. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof Error && 'code' in error)) throw error;
  const code = String(error.code);
  const words: Record<string, string> = {
    EACCES: 'permission is denied',
    EPERM: 'permission is denied',
    ELOOP: 'its links go round in a circle',
    ENXIO: 'it is not a regular file',
    EISDIR: 'it is a folder',
    ENAMETOOLONG: 'its name is too long',
  };
  if (code === 'ENOENT' || code === 'ENOTDIR') return { refused: 'missing', why: 'there is no such file' };
  return { refused: 'unreadable', why: words[code] ?? code };
}

/** Whether reading gave a refusal. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}
