import { copyFile, readFile, writeFile } from 'node:fs/promises';

const compiler = 'GCC: (';

/**
 * A copy of an executable that differs from it in one byte of its compiler's note, which nothing reads: the same program, and not the same
 * file. @throws {Error} where it has no such note.
 */
export async function copyAlike(from: string, to: string): Promise<void> {
  const bytes = await readFile(from);
  const at = bytes.indexOf(compiler);
  if (at < 0) throw new Error(`${from} does not name its compiler`);
  await copyFile(from, to); // with its mode
  bytes.write('X', at + compiler.length);
  await writeFile(to, bytes);
}
