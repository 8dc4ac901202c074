import type { Bundle } from '../bundle.ts';
import { compareReleases } from '../native/native-image.ts';

export { compareReleases };

/** A native part that does not load on every release of its system. */
export type Asking = {
  readonly platform: string;
  readonly system: 'glibc' | 'macOS';
  /** The oldest release that loads it, for example "2.28" or "11.0". */
  readonly version: string;
  /** The entry that it is; absent for the executable itself. */
  readonly entry?: string;
};

/** The oldest system on which everything in it loads, for example "glibc 2.28" or "macOS 11.0", and the member that asks for it. */
export type Floor = Pick<Asking, 'platform' | 'entry'> & { readonly needs: string };

/** Every native part that asks for a release of glibc or macOS, the newest first. */
export function askingParts(bundle: Bundle): Asking[] {
  const files = [{ entry: undefined, images: bundle.images }, ...(bundle.nativeFiles ?? [])];
  const parts = files.flatMap(({ entry, images }) => images.flatMap(({ platform, glibc, minimumMacos }): Asking[] => {
    const version = glibc ?? minimumMacos;
    if (version === undefined) return [];
    return [{ platform, system: glibc === undefined ? 'macOS' : 'glibc', version, ...(entry !== undefined && { entry }) }];
  }));
  return parts.toSorted((a, b) => compareReleases(b.version, a.version));
}

/** For each platform the newest glibc or macOS that any native part needs; a platform that asks for nothing is left out. */
export function floorsOf(bundle: Bundle): Floor[] {
  const newest = Map.groupBy(askingParts(bundle), ({ platform }) => platform);
  return [...newest].flatMap(([platform, [part]]) => {
    if (part === undefined) return [];
    return { platform, needs: `${part.system} ${part.version}`, ...(part.entry !== undefined && { entry: part.entry }) };
  });
}
