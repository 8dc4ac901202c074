import type { Launch } from '../system/launch/launch.ts';
import { memoryOfTree } from '../system/processes/memory.ts';

/**
 * After its work a worker gives memory back for a while; the sample is taken once two readings in a row agree, at the latest after this.
 */
const settle = { atLatestMs: 1_000, everyMs: 100, sameWithin: 0.01 };

/** The memory of a launch's tree in bytes, once it hardly changes any more; that of its last moment where it ends meanwhile. */
export async function settledMemory(launch: Launch): Promise<number> {
  const startMs = performance.now();
  const read = (): number => memoryOfTree(launch.alive());
  for (let before = read(); ;) {
    await launch.waitForExit(settle.everyMs);
    const now = read();
    if (launch.exit || Math.abs(now - before) <= settle.sameWithin * before || performance.now() - startMs > settle.atLatestMs) return now;
    before = now;
  }
}
