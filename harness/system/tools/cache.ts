import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { makeFolder } from '../make-folder.ts';

/** The user's cache folder for frostgate, by the convention of the system. */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'frostgate');
  if (process.platform === 'win32') return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'frostgate');
  // Relative ones are to be ignored, as the XDG Base Directory Specification says.
  return join(XDG_CACHE_HOME !== undefined && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), '.cache'), 'frostgate');
}

/** Whether a folder of this name is there already, so that nothing has to be fetched. */
export function isCached(name: string): boolean {
  return existsSync(join(cacheFolder(), name));
}

/** The sha256 of a file as lower-case hexadecimal digits. */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * The folder `name` in the cache, filled by `fill` when it is not there yet. It is filled under another name and then
 * renamed, so that two runs at once are safe and nobody ever sees a half-written one.
 */
export async function cached(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const final = join(cacheFolder(), name);
  if (existsSync(final)) return final;
  const temporary = `${final}.${randomBytes(4).toString('hex')}.partial`;
  await makeFolder(temporary);
  try {
    await fill(temporary);
    await rename(temporary, final);
  } catch (error) {
    if (!existsSync(final)) throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return final;
}
