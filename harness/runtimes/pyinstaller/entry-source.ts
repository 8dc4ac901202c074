import { join } from 'node:path';
import type { Entry } from '../bundle.ts';
import { partOf, withFile, type ByteSource } from '../native/byte-source.ts';
import { orDamage, type OrDamage } from '../native/errors.ts';
import { inflated } from './inflate.ts';

/** Where a bundle's bytes are: the open file with the package, and the folder that the files of a one-dir bundle are seen from. */
export type Opened = { readonly source: ByteSource; readonly folder: string };

type Stored = Pick<Entry, 'offset' | 'storedBytes' | 'sizeBytes' | 'compressed' | 'file'>;
type Use<Result> = (contents: ByteSource) => Promise<Result>;

/** Runs `use` with the extracted contents of an entry. Throws Malformed where they are damaged, and what the file system throws. */
export async function withEntry<Result>({ source, folder }: Opened, entry: Stored, use: Use<Result>): Promise<Result> {
  if (entry.file !== undefined) return await withFile(join(folder, entry.file), use);
  const stored = storedPart(source, entry);
  if (!entry.compressed) return await use(stored);
  await using contents = await inflated(stored, entry.sizeBytes);
  return await use(contents);
}

/** What was read of an entry, and what is wrong with its bytes. */
export type ReadWhole<Result> = { readonly read: OrDamage<Result>; readonly damage?: string | undefined };

/** The same for a compressed entry, which is inflated to its end whatever `use` reads of it, so that its damage is known too. */
export async function withWholeEntry<Result>({ source }: Opened, entry: Stored, use: Use<Result>): Promise<ReadWhole<Result>> {
  const opened = await orDamage(() => inflated(storedPart(source, entry), entry.sizeBytes));
  if (opened.damage !== undefined) return { read: opened, damage: opened.damage };
  await using contents = opened.value;
  return { read: await orDamage(() => use(contents)), damage: await contents.rest() };
}

/** The bytes of an entry as the package holds them. */
export function storedPart(source: ByteSource, { offset, storedBytes }: Pick<Entry, 'offset' | 'storedBytes'>): ByteSource {
  return partOf(source, { start: offset, end: offset + storedBytes });
}

/** Nothing real that is this large grows this much: it would only fill the disk. */
export function isBomb({ compressed, storedBytes, sizeBytes }: Stored): boolean {
  return compressed && sizeBytes > 64_000_000 && sizeBytes > 200 * storedBytes;
}
