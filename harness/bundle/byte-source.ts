import { open } from 'node:fs/promises';

/** Random access to the bytes of a file. */
export type ByteSource = {
  readonly sizeBytes: number;
  /** At most `length` bytes from `offset`; fewer, down to none, where the file ends. */
  readonly read: (offset: number, length: number) => Promise<Buffer>;
};

/** Runs `use` with a file open for reading and closes it afterwards. Throws what the file system throws. */
export async function withFile<Result>(file: string, use: (source: ByteSource) => Promise<Result>): Promise<Result> {
  await using handle = await open(file, 'r');
  const { size: sizeBytes } = await handle.stat();
  const read = async (offset: number, length: number): Promise<Buffer> => {
    const wanted = Math.max(0, Math.min(length, sizeBytes - offset));
    if (wanted === 0) return Buffer.alloc(0);
    const buffer = Buffer.alloc(wanted);
    const { bytesRead } = await handle.read(buffer, 0, wanted, offset);
    return buffer.subarray(0, bytesRead);
  };
  return await use({ sizeBytes, read });
}
