import type { Launch } from '../process/launch.ts';
import type { StartUp } from '../report/model.ts';

/** proc(5) counts start times in clock ticks; the kernel shows user space 100 of them a second, whatever its own clock is. */
const tickMs = 10;

/**
 * What could be seen of a launch's start, in milliseconds from the spawn, to be called when it is ready. Nothing is watched
 * while the launch starts: the operating system and the log have kept the times.
 */
export function startMarks(launch: Launch, readyMs: number): StartUp['marks'] {
  const unpacked = unpackedMs(launch);
  launch.output.read();
  const [firstLine] = launch.output.lines;
  return [
    ...(unpacked === undefined ? [] : [{ name: 'unpacked' as const, atMs: unpacked }]),
    ...(firstLine === undefined || firstLine.atMs > readyMs ? [] : [{ name: 'first output' as const, atMs: Math.round(firstLine.atMs) }]),
    { name: 'ready' as const, atMs: Math.round(readyMs) },
  ];
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
