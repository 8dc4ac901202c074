import { count, formatBytes } from '../model/format.ts';
import type { Contents } from '../model/report.ts';

/** What one distribution takes, or several together. */
export type SizeRow = {
  readonly name: string;
  readonly version?: string | undefined;
  readonly storedBytes: number;
  readonly extractedBytes: number;
  /** Of everything stored, from 0 to 1. */
  readonly share: number;
};

/**
 * The largest `most` of the distributions, as far as each has `leastShare` of all (default 0); the others stand together in the last row,
 * as "N others".
 */
export function sizeRows({ sizes }: Contents, most: number, leastShare = 0): SizeRow[] {
  const total = sum(sizes, ({ storedBytes }) => storedBytes);
  const rows = sizes.map((size): SizeRow => ({ ...size, share: total === 0 ? 0 : size.storedBytes / total }));
  const shown = rows.filter(({ share }, index) => index < most && share >= leastShare).length;
  const rest = rows.slice(shown);
  if (rest.length <= 1) return rows;
  const together = { storedBytes: sum(rest, ({ storedBytes }) => storedBytes), extractedBytes: sum(
    rest, ({ extractedBytes }) => extractedBytes,
  ), share: sum(rest, ({ share }) => share) };
  return [...rows.slice(0, shown), { name: count(sum(rest, howMany), 'other'), ...together }];
}

/** For example "17.1 %". */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Everything that is in it, in one sentence without a full stop. */
export function contentsSentence(
  { kind, pythonVersion, modules, nativeFiles, extractedFiles, extractedBytes, storedBytes }: Contents,
): string {
  const files = `${count(extractedFiles, 'file')}, ${formatBytes(extractedBytes)}`;
  const held = `Python ${pythonVersion}, ${count(modules, 'module')} and ${count(nativeFiles, 'native file')} in ` +
    formatBytes(storedBytes);
  return kind === 'one-file' ? `${held}; each start unpacks ${files}` : `${held}; the folder has ${files}`;
}

/** A report sums up what lies beyond its bounds in a row of its own. */
function howMany({ name }: SizeRow): number {
  return Number(/^(\d{1,9}) others?$/.exec(name)?.[1] ?? 1);
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
