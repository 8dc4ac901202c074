import { formatBytes } from '../../../model/format.ts';
import type { FrozenBundle } from '../../bundle.ts';
import { sizesByDistribution, type DistributionSize } from './sizes.ts';

/** So many are named of each kind. */
const most = 5;

/**
 * What has come into an executable since the last release, or has grown in it, the largest first, as a sentence without a full stop: by
 * distribution; then modules and libraries that are new in what was there before. `of` is what is counted: bytes in the executable, or
 * those that it unpacks.
 */
export function growthText(now: FrozenBundle, last: FrozenBundle, of: Counted): string {
  const before = new Map(sizesByDistribution(last).map((size) => [size.name, size]));
  const grown = sizesByDistribution(now).map((size) => grownBy(size, before.get(size.name), of)).filter(({ bytes }) => bytes > 0);
  const parts = [
    ...(grown.length === 0 ? [] : [`what has come into it since: ${largest(grown)}`]), ...newFiles(now, last, of),
  ];
  return parts.join('; ') || 'nothing has come into it since: what it held before it loads or does otherwise';
}

type Counted = 'storedBytes' | 'extractedBytes';
type Grown = { readonly text: string; readonly bytes: number };

function grownBy({ name, version, ...size }: DistributionSize, before: DistributionSize | undefined, of: Counted): Grown {
  const bytes = size[of] - (before?.[of] ?? 0);
  const called = version === undefined ? name : `${name} ${version}`;
  if (before === undefined) return { text: `${called} (new, ${formatBytes(bytes)})`, bytes };
  const isOther = before.version !== undefined && version !== undefined && before.version !== version;
  return { text: `${isOther ? `${name} ${before.version} → ${version}` : name} (+${formatBytes(bytes)})`, bytes };
}

/** Modules of packages that the last release had too, the others are told as a whole; and libraries that lie beside all packages. */
function newFiles(now: FrozenBundle, last: FrozenBundle, of: Counted): string[] {
  const names = new Set([...last.modules, ...last.entries].map(({ name }) => name));
  const packages = new Set(last.modules.map(({ name }) => topOf(name)));
  // What is imported lies in the archive and unpacks nothing.
  const modules = of === 'extractedBytes' ? [] : now.modules.filter(({ name }) => packages.has(topOf(name)));
  const libraries = now.entries.filter(({ name, role }) => role === 'library' && !name.includes('/'));
  const come = [
    ...modules.map(({ name, storedBytes: bytes }) => ({ name, bytes })),
    ...libraries.map(({ name, storedBytes, sizeBytes }) => ({ name, bytes: of === 'extractedBytes' ? sizeBytes : storedBytes })),
  ].filter(({ name }) => !names.has(name));
  const texts = come.map(({ name, bytes }) => ({ text: `${name} (${formatBytes(bytes)})`, bytes }));
  return texts.length === 0 ? [] : [`new in it: ${largest(texts)}`];
}

const topOf = (module: string): string => module.split('.', 1)[0] ?? '';

function largest(grown: readonly Grown[]): string {
  const texts = grown.toSorted((a, b) => b.bytes - a.bytes).map(({ text }) => text);
  return `${texts.slice(0, most).join(', ')}${texts.length > most ? ` and ${texts.length - most} more` : ''}`;
}
