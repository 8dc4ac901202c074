import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Launch } from '../../system/launch/launch.ts';
import { entriesOf } from '../../system/launch/room.ts';
import type { Starts } from '../runtime.ts';

/** proc(5) counts start times in clock ticks; the kernel shows user space 100 of them a second, whatever its own clock is. */
const tickMs = 10;

/** When a one-file executable had unpacked itself, and when its Python first read the base library. */
export function starts(launch: Launch): Starts {
  const unpacked = unpackedMs(launch);
  return { unpackedMs: unpacked, firstImportMs: unpacked === undefined ? undefined : firstImportMs(launch, unpacked) };
}

/**
 * When a one-file bootloader started the program it had unpacked: the same executable again, as its child. Known on Linux, to
 * one clock tick; undefined elsewhere (ps shows whole seconds) and for a launch without such a child.
 */
function unpackedMs(launch: Launch): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const members = launch.alive();
  const parent = members.find((entry) => entry.pid === launch.pid);
  const child = members.find((entry) => entry.parentPid === launch.pid && parent !== undefined && entry.command === parent.command);
  return parent && child && (Number(child.startedAt) - Number(parent.startedAt)) * tickMs;
}

/**
 * When the frozen interpreter first read its base library: with relatime, the usual way to mount, the first read after a file
 * was written updates its access time, and no later one does for a day (mount(8)). Undefined where access times are not kept,
 * and where every read updates them, which shows as a time that cannot be.
 */
function firstImportMs({ room, spawnedAtEpochMs, output }: Launch, unpacked: number): number | undefined {
  const [folder] = entriesOf(room.tmp).filter((name) => name.startsWith('_MEI'));
  const file = folder === undefined ? undefined : statSync(join(room.tmp, folder, 'base_library.zip'), { throwIfNoEntry: false });
  if (file === undefined || file.atimeMs <= file.mtimeMs) return undefined;
  const atMs = file.atimeMs - spawnedAtEpochMs;
  const latest = output.lines[0]?.atMs ?? Infinity;
  // The child's start is known to one tick only.
  return atMs < unpacked - tickMs || atMs > latest ? undefined : Math.max(atMs, unpacked);
}
