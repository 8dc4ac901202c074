import type { LaunchRecord } from '../system/launch/run-folder.ts';

/** Milliseconds during which at least one launch was running: the length of the union of their intervals. */
export function busyMs(launches: readonly LaunchRecord[]): number {
  let total = 0;
  let end = 0;
  for (const launch of launches.toSorted((a, b) => a.startMs - b.startMs)) {
    total += Math.max(0, launch.endMs - Math.max(end, launch.startMs));
    end = Math.max(end, launch.endMs);
  }
  return total;
}
