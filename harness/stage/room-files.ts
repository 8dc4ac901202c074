import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fillIn } from '../contract/placeholders.ts';
import type { Room } from '../system/launch/room.ts';

/**
 * Where a file of the contract lies in a launch's room: below its home, where the name begins with ~/, else below its working
 * directory.
 */
export function fileIn({ home, cwd }: Room, name: string): string {
  return name.startsWith('~/') ? join(home, name.slice(2)) : join(cwd, name);
}

/** Writes the contract's files into a room, their placeholders filled in. */
export function writeFiles(room: Room, files: Readonly<Record<string, string>>, valueOf: (name: string) => string | undefined): void {
  for (const [name, text] of Object.entries(files)) {
    const file = fileIn(room, name);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, fillIn(text, valueOf), { mode: 0o600 });
  }
}
