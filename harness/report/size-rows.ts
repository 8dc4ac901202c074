import { sum } from 'simple-statistics';
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

/** The largest `most` distributions that have `leastShare` of all (default 0); the others stand together in the last row, as "N others". */
export function sizeRows({ sizes }: Contents, most: number, leastShare = 0): SizeRow[] {
  const total = sum(sizes.map(({ storedBytes }) => storedBytes));
  const rows = sizes.map((size): SizeRow => ({ ...size, share: total === 0 ? 0 : size.storedBytes / total }));
  const shown = rows.filter(({ share }, index) => index < most && share >= leastShare).length;
  const rest = rows.slice(shown);
  if (rest.length <= 1) return rows;
  const of = (key: 'storedBytes' | 'extractedBytes' | 'share') => sum(rest.map((row) => row[key]));
  // A report sums up what lies beyond its bounds in a row of its own.
  const others = sum(rest.map(({ name }) => Number(/^(\d{1,9}) others?$/.exec(name)?.[1] ?? 1)));
  const bytes = { storedBytes: of('storedBytes'), extractedBytes: of('extractedBytes') };
  return [...rows.slice(0, shown), { name: count(others, 'other'), ...bytes, share: of('share') }];
}

/** For example "17.1 %". */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Everything that is in it, in one sentence without a full stop. */
export function contentsSentence(contents: Contents): string {
  const { kind, pythonVersion, modules, nativeFiles, extractedFiles, extractedBytes, storedBytes } = contents;
  return `Python ${pythonVersion}, ${count(modules, 'module')} and ${count(nativeFiles, 'native file')} in ${formatBytes(storedBytes)}; ` +
    `${kind === 'one-file' ? 'each start unpacks' : 'the folder has'} ${count(extractedFiles, 'file')}, ${formatBytes(extractedBytes)}`;
}
