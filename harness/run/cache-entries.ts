import { statSync } from 'node:fs';
import { join } from 'node:path';
import { entriesOf } from '../system/launch/room.ts';
import { cacheFolder } from '../system/tools/cache.ts';
import { sizeOfTree } from '../system/tree.ts';
import { serviceWords } from '../contract/services-schema.ts';
import { neededFor } from './needed.ts';

/** Something that lies in the cache. */
export type CacheEntry = {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly changed: Date;
  /** Whether this version of frostgate may use it. */
  readonly isUsed: boolean;
};

/** Notes of runs that go on, and of what they would leave if they were killed. */
const notes = 'runs';

/** A fetch that has not come to its end, and is not about to. */
const staleMs = 86_400_000;

/** Everything in the cache but the notes of runs, by name. What another version fetched is not used by this one. */
export async function cacheEntries(): Promise<CacheEntry[]> {
  const needed = await neededFor(serviceWords);
  // Of what is pinned, another version is not used by this one.
  const families = new Set(['temporal', ...serviceWords].map((word): string | undefined => word));
  const used = new Set(needed.flatMap(({ cacheName }) => cacheName ?? []));
  return entriesOf(cacheFolder()).filter((name) => name !== notes).map((name): CacheEntry => {
    const path = join(cacheFolder(), name);
    const changed = statSync(path).mtime;
    const isFresh = Date.now() - changed.getTime() < staleMs;
    // What has no pinned name is made by other parts, each in the form of its version.
    const isOurs = used.has(name) || !families.has(name.split('-', 1)[0]);
    return { name, path, sizeBytes: sizeOfTree(path), changed, isUsed: name.endsWith('.partial') ? isFresh : isOurs };
  });
}
