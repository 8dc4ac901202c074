import type { Bundle } from '../bundle/bundle.ts';
import type { NativeImage } from '../bundle/native/native-image.ts';

/** The oldest system on which everything in it loads, and the member that asks for it. */
export type Floor = {
  readonly platform: string;
  /** For example "glibc 2.28" or "macOS 11.0". */
  readonly needs: string;
  /** The entry to blame; absent where it is the executable itself. */
  readonly entry?: string;
};

type Asking = { readonly image: NativeImage; readonly entry?: string };

/** For each platform the newest glibc or macOS that any native part needs; a platform that asks for nothing is left out. */
export function floorsOf(bundle: Bundle): Floor[] {
  const inside = bundle.kind === 'opaque' ? [] : bundle.nativeFiles.flatMap(({ entry, images }) => images.map((image): Asking => ({ image, entry })));
  const asking = [...bundle.images.map((image): Asking => ({ image })), ...inside];
  return [...Map.groupBy(asking, ({ image }) => image.platform)].flatMap(([platform, parts]) => floorOf(platform, parts) ?? []);
}

function floorOf(platform: string, parts: readonly Asking[]): Floor | undefined {
  const [newest] = parts
    .map(({ image, entry }) => ({ version: image.glibc ?? image.minimumMacos, system: image.glibc === undefined ? 'macOS' : 'glibc', entry }))
    .filter(({ version }) => version !== undefined)
    .toSorted((a, b) => compareVersions(b.version ?? '', a.version ?? ''));
  if (newest?.version === undefined) return undefined;
  return { platform, needs: `${newest.system} ${newest.version}`, ...(newest.entry !== undefined && { entry: newest.entry }) };
}

/** 2.9 stands before 2.28. */
function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
