import type { Contents, Report } from '../model/report.ts';

/** What a distribution takes in the executable now and took before, in bytes; its versions where they are known. */
export type Growth = {
  readonly name: string;
  readonly bytes: number;
  readonly change: 'new' | 'gone' | 'other version' | 'same';
  readonly versions: readonly [before: string | undefined, now: string | undefined];
};

/** A difference below this is the packing's: the same code compressed once more. */
const leastBytes = 1_000;

/** How the distributions of the executable differ from those of the last release, the largest difference first. */
export function growthRows({ contents, previous }: Report): Growth[] {
  if (contents === null || previous?.contents === undefined) return [];
  const [now, before] = [byName(contents), byName(previous.contents)];
  const names = [...new Set([...now.keys(), ...before.keys()])];
  return names.map((name): Growth => {
    const [is, was] = [now.get(name), before.get(name)];
    const isOther = is?.version !== undefined && was?.version !== undefined && is.version !== was.version;
    const change = was === undefined ? 'new' : is === undefined ? 'gone' : isOther ? 'other version' : 'same';
    return { name, change, bytes: (is?.storedBytes ?? 0) - (was?.storedBytes ?? 0), versions: [was?.version, is?.version] };
  }).filter(({ bytes, change }) => change !== 'same' || Math.abs(bytes) >= leastBytes)
    .toSorted((a, b) => Math.abs(b.bytes) - Math.abs(a.bytes));
}

function byName({ sizes }: Contents): ReadonlyMap<string, Contents['sizes'][number]> {
  return new Map(sizes.map((size) => [size.name, size]));
}

/** What has become of it: `new, 2.1.3`, `8.0.1 → 8.1.0`; empty where only bytes differ. */
export function changeWords({ change, versions: [before, now] }: Growth): string {
  if (change === 'other version') return `${before} → ${now}`;
  if (change === 'same') return '';
  const version = change === 'new' ? now : before;
  return version === undefined ? change : `${change}, ${version}`;
}
