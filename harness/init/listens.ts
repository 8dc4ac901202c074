import type { Launch } from '../system/launch/launch.ts';
import { socketsOf } from '../system/processes/sockets-linux.ts';

/** Where a launch listens, HOST:PORT or the path of a socket; nothing where the system does not tell. */
export function listensOf(launch: Launch): string[] {
  if (process.platform !== 'linux') return [];
  const places = launch.tree.alive().flatMap(({ pid }) => socketsOf(pid).listening);
  // On every address of the machine, of both kinds.
  return [...new Set(places.map((place) => place.replace(/^\[[0:]+\]:/, '')))];
}
