import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One launch's own world on disk; in `logs` the harness keeps the launch's output, and the subject is not told. */
export type Room = ReturnType<typeof makeRoom>;

/** Makes a room, named as a deployment's folders are. */
export function makeRoom(folder: string) {
  const room = { folder, home: join(folder, 'home'), tmp: join(folder, 'tmp'), cwd: join(folder, 'app'), logs: join(folder, 'log') };
  for (const path of Object.values(room)) mkdirSync(path, { mode: 0o700 });
  return room;
}

/** The variables that tell a process about its room. */
export function roomEnvironment(room: Room): Record<string, string> {
  const shared = { HOME: room.home, TMPDIR: room.tmp, TMP: room.tmp, TEMP: room.tmp, PWD: room.cwd };
  return process.platform === 'win32' ? { ...shared, USERPROFILE: room.home, APPDATA: room.home, LOCALAPPDATA: room.home } : shared;
}

/** The entries directly inside a folder, empty when it is gone. */
export function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted((a, b) => a.localeCompare(b, 'en'));
  } catch {
    return [];
  }
}
