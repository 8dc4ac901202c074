import type { ServiceKind } from '../contract/service-kinds.ts';
import { serviceOf } from '../services/service.ts';
import { isCached } from '../system/tools/cache.ts';
import { findCli, isCliHere, pinnedCli } from '../temporal/cli.ts';

/** Something that a verification needs and this machine may have to fetch. */
export type Needed = {
  readonly title: string;
  readonly size: string;
  readonly isHere: boolean;
  /** Its folder in the cache; undefined where this machine has one of its own, or none is pinned. */
  readonly cacheName: string | undefined;
  /** Brings it, and says where it comes from. @throws {InfrastructureError} where it cannot be had. */
  readonly fetch: (options: { readonly signal: AbortSignal; readonly say: (line: string) => void }) => Promise<string>;
};

/** What a verification needs from elsewhere: the Temporal CLI, and the programs of services of these kinds. */
export async function neededFor(kinds: readonly ServiceKind[], temporalCli?: string): Promise<Needed[]> {
  const services = (await Promise.all([...new Set(kinds)].map(serviceOf))).flatMap(({ programs }): Needed[] => {
    if (programs === undefined) return [];
    const packed = programs.packed();
    return [{
      title: programs.title, size: packed?.size ?? '', isHere: packed === undefined || isCached(packed.cacheName),
      cacheName: packed?.cacheName, fetch: async (options) => (await programs.fetch(options)).origin,
    }];
  });
  return [{
    title: 'the Temporal CLI', size: '156 MB', isHere: isCliHere(temporalCli), cacheName: pinnedCli()?.cacheName,
    fetch: async (options) => (await findCli({ given: temporalCli, ...options })).origin,
  }, ...services];
}

/** Says what is not here yet, before it is fetched; undefined where nothing is missing. */
export function missingSentence(needed: readonly Needed[]): string | undefined {
  const missing = needed.filter(({ isHere }) => !isHere).map(({ title, size }) => (size === '' ? title : `${title} (${size})`));
  return missing.length === 0 ? undefined : `not here yet, fetched now, once: ${missing.join(', ')}`;
}
