import type { Entry, NativeFile } from '../bundle.ts';
import { isBomb, withEntry, withWholeEntry, type Opened } from './entry-source.ts';
import { orDamage } from '../native/errors.ts';
import { readImages } from '../native/executable.ts';
import { isLibraryName } from './roles.ts';

/** zlib works in Node's four threads. */
const atOnce = 4;

const formats: Record<string, NativeFile['format']> = { darwin: 'Mach-O', windows: 'PE' };

/** What was found in an entry that may be native code: its needs, that it is none, or why it cannot be read. */
export type Examined = { readonly entry: Entry; readonly native?: NativeFile; readonly damage?: string };

/** Compressed entries of the package that were inflated to their end, by their offset, with what is wrong with them. */
export type Proven = Map<number, string | undefined>;

/** Looks into every entry that may be native code by its type or name: as far as its needs lie or, with `proven`, to its end. */
export async function examineNatives(opened: Opened, entries: readonly Entry[], proven?: Proven): Promise<Examined[]> {
  const candidates = entries.filter((entry) => (entry.typeCode === 'b' || isLibraryName(entry.name)) && !isBomb(entry));
  const found = new Map<Entry, Examined>();
  // The largest first: the last ones then end together.
  const waiting = candidates.toSorted((left, right) => left.storedBytes - right.storedBytes);
  const work = async (): Promise<void> => {
    for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) found.set(entry, await examine(opened, entry, proven));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return candidates.flatMap((entry) => found.get(entry) ?? []);
}

async function examine(opened: Opened, entry: Entry, proven?: Proven): Promise<Examined> {
  const toItsEnd = proven !== undefined && entry.file === undefined && entry.compressed;
  const { read, damage } = toItsEnd
    ? await withWholeEntry(opened, entry, readImages)
    : { read: await orDamage(() => withEntry(opened, entry, readImages)) };
  if (toItsEnd) proven.set(entry.offset, damage);
  const wrong = read.damage ?? (read.value === undefined ? damage : undefined);
  if (wrong !== undefined) return { entry, damage: wrong };
  const images = read.value;
  if (images === undefined) return { entry };
  const system = images[0]?.platform.split('-')[0] ?? '';
  return { entry, native: { entry: entry.name, format: formats[system] ?? 'ELF', images } };
}
