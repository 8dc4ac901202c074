import { join } from 'node:path';
import { inMemory, partOf, withFile, type ByteSource } from '../native/byte-source.ts';
import type { Entry } from '../bundle.ts';
import { inflateWhole } from './inflate-whole.ts';
import { inflatedDamage, inflatedSource } from './inflated-source.ts';
import { orDamage } from '../native/malformed.ts';

/** Where a bundle's bytes are: the open file with the package, and the folder that the files of a one-dir bundle are seen from. */
export type Opened = { readonly source: ByteSource; readonly folder: string };

/** Up to here it is cheaper to inflate all of it than to start a stream. */
const wholeLimitBytes = 1_000_000;

type Stored = Pick<Entry, 'offset' | 'storedBytes' | 'sizeBytes' | 'compressed' | 'file'>;

/** Runs `use` with the extracted contents of an entry. Throws Malformed where they are damaged, and what the file system throws. */
export async function withEntry<Result>(opened: Opened, entry: Stored, use: (contents: ByteSource) => Promise<Result>): Promise<Result> {
  if (entry.file !== undefined) return await withFile(join(opened.folder, entry.file), use);
  const stored = storedPart(opened.source, entry);
  if (!entry.compressed) return await use(stored);
  if (entry.sizeBytes <= wholeLimitBytes) return await use(inMemory(await inflateWhole(stored, entry.sizeBytes)));
  const contents = inflatedSource(stored, entry.sizeBytes);
  try {
    return await use(contents);
  } finally {
    await contents.close();
  }
}

/** What `use` gave, and what is wrong with the entry's bytes; where `use` itself found them malformed, only that. */
export type ReadWhole<Result> = { readonly value?: Result; readonly malformed?: string; readonly damage?: string };

/** The same for a compressed entry, which is inflated to its end whatever `use` reads of it, so that its damage is known too. */
export async function withWholeEntry<Result>(
  { source }: Opened, entry: Stored, use: (contents: ByteSource) => Promise<Result>,
): Promise<ReadWhole<Result>> {
  const [stored, { sizeBytes }] = [storedPart(source, entry), entry];
  if (sizeBytes <= wholeLimitBytes) {
    const whole = await orDamage(() => inflateWhole(stored, sizeBytes));
    return 'damage' in whole ? whole : told(await orDamage(() => use(inMemory(whole.value))));
  }
  const contents = inflatedSource(stored, sizeBytes);
  try {
    const used = told(await orDamage(() => use(contents)));
    // What ended `use` may have ended the stream.
    const damage = await ('malformed' in used ? inflatedDamage(stored, sizeBytes) : contents.rest());
    return { ...used, ...(damage !== undefined && { damage }) };
  } finally {
    await contents.close();
  }
}

function told<Result>(used: { readonly value: Result } | { readonly damage: string }): ReadWhole<Result> {
  return 'value' in used ? used : { malformed: used.damage };
}

/** The bytes of an entry as the package holds them. */
export function storedPart(source: ByteSource, { offset, storedBytes }: Pick<Entry, 'offset' | 'storedBytes'>): ByteSource {
  return partOf(source, { start: offset, end: offset + storedBytes });
}

/** Nothing real that is this large grows this much: it would only fill the disk. */
export function isBomb({ compressed, storedBytes, sizeBytes }: Stored): boolean {
  return compressed && sizeBytes > 64_000_000 && sizeBytes > 200 * storedBytes;
}
