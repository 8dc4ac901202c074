import type { Bundle } from '../bundle.ts';
import type { NativeImage } from '../native/native-image.ts';

/** A native part that does not load on every release of its system. */
export type Asking = {
  readonly platform: string;
  readonly system: 'glibc' | 'macOS';
  /** The oldest release that loads it, for example "2.28" or "11.0". */
  readonly version: string;
  /** The entry that it is; absent for the executable itself. */
  readonly entry?: string;
};

/** The oldest system on which everything in it loads, and the member that asks for it. */
export type Floor = {
  readonly platform: string;
  /** For example "glibc 2.28" or "macOS 11.0". */
  readonly needs: string;
  /** The entry to blame; absent where it is the executable itself. */
  readonly entry?: string;
};

/** Every native part that asks for a release of glibc or macOS, the newest first. */
export function askingParts(bundle: Bundle): Asking[] {
  const inside = bundle.kind === 'opaque'
    ? []
    : bundle.nativeFiles.flatMap(({ entry, images }) => images.map((image) => asking(image, entry)));
  const parts = [...bundle.images.map((image) => asking(image)), ...inside];
  return parts.flatMap((part) => part ?? []).toSorted((a, b) => compareReleases(b.version, a.version));
}

/** For each platform the newest glibc or macOS that any native part needs; a platform that asks for nothing is left out. */
export function floorsOf(bundle: Bundle): Floor[] {
  const newest = Map.groupBy(askingParts(bundle), ({ platform }) => platform);
  return [...newest].flatMap(([platform, [part]]) => {
    if (part === undefined) return [];
    return { platform, needs: `${part.system} ${part.version}`, ...(part.entry !== undefined && { entry: part.entry }) };
  });
}

/** Negative when the first release is the older one: 2.9 stands before 2.28. */
export function compareReleases(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function asking({ platform, glibc, minimumMacos }: NativeImage, entry?: string): Asking | undefined {
  const version = glibc ?? minimumMacos;
  if (version === undefined) return undefined;
  return { platform, system: glibc === undefined ? 'macOS' : 'glibc', version, ...(entry !== undefined && { entry }) };
}
