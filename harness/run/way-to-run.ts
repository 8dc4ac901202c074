import { stat } from 'node:fs/promises';
import type { Options } from '../cli/options.ts';
import { UsageError } from '../model/errors.ts';
import { identify } from '../runtimes/identify.ts';
import { executableIn } from '../runtimes/native/executable-in.ts';
import { howToRun, wayToRun, type WayToRun } from '../system/emulation/emulation.ts';
import { machinePlatform, platformId, platformVariable } from '../system/platform.ts';

/**
 * Settles which platform is verified, for the whole run: the one that is named, else the subject's own where something runs it here, else
 * this machine's. Returns how executables of that platform run here. @throws {UsageError} for an unknown name.
 */
export async function settlePlatform({ platform, binary }: Pick<Options, 'platform' | 'binary'>, folder: string): Promise<WayToRun> {
  if (platform !== undefined) process.env[platformVariable] = platform;
  if (process.env[platformVariable]) return wayToRun(platformId(), folder);
  const own = machinePlatform();
  const platforms = binary === undefined ? [] : await platformsOf(binary);
  for (const other of platforms.includes(own) ? [] : platforms) {
    const way = await wayToRun(other, folder);
    if (way === 'none') continue;
    process.env[platformVariable] = other;
    return way;
  }
  return wayToRun(own, folder);
}

/** What the headers of a file, or of the executable of a folder, say; nothing where it cannot be read, which is told later. */
async function platformsOf(binary: string): Promise<readonly string[]> {
  try {
    const found = await stat(binary);
    if (found.isDirectory()) return (await identify(await executableIn(binary))).platforms;
    // A pipe would be waited for without an end.
    return found.isFile() ? (await identify(binary)).platforms : [];
  } catch {
    return [];
  }
}

/** That nothing here runs executables of the platform, what would, and how to get that; undefined where something does. */
export function notRunHere(way: WayToRun): string | undefined {
  if (way !== 'none') return undefined;
  return `nothing runs an executable of ${platformId()} on this machine (${machinePlatform()}): ${howToRun(platformId())}`;
}

/** Refuses to verify what has to be launched and cannot be. @throws {UsageError} that says what would run it. */
export function mustRun(file: string, why: string | undefined): void {
  if (why !== undefined) throw new UsageError(`${file}: ${why}; or look at the file alone: --only artifact --only bundle`);
}
