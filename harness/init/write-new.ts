import { writeFileSync } from 'node:fs';
import { messageOf, UsageError } from '../model/errors.ts';

/** Writes a file at once, and none that is there. @throws {UsageError} where it is there, or its folder takes none. */
export function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (cause) {
    throw new UsageError(`${file}: cannot be written (${messageOf(cause)}); name another place with --contract FILE`, { cause });
  }
}
