import { startsOf } from '../runtimes/registry.ts';
import type { Launch } from '../system/launch/launch.ts';
import type { StartUp } from '../model/report.ts';

type Mark = StartUp['marks'][number];

/**
 * What could be seen of a launch's start, in milliseconds from the spawn, to be called when it is ready. Nothing is watched
 * while the launch starts: the operating system and the log have kept the times, and `connectedAtMs` is when a connection first
 * reached the server, as `performance.now()` tells it.
 */
export function startMarks(launch: Launch, readyMs: number, connectedAtMs?: number): StartUp['marks'] {
  launch.output.read();
  const { unpackedMs, firstImportMs } = startsOf(launch);
  const connected = connectedAtMs === undefined ? undefined : connectedAtMs - launch.spawnedAtMs;
  return [
    ...mark('unpacked', unpackedMs, readyMs),
    ...mark('first import', firstImportMs, readyMs),
    ...mark('first output', launch.output.lines[0]?.atMs, readyMs),
    ...mark('connected', connected, readyMs),
    { name: 'ready', atMs: Math.round(readyMs) },
  ];
}

/** What came after ready says nothing about the start. */
function mark(name: Mark['name'], atMs: number | undefined, readyMs: number): Mark[] {
  return atMs === undefined || atMs > readyMs ? [] : [{ name, atMs: Math.round(atMs) }];
}
