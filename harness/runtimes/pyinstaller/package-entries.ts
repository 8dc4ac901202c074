import type { TocEntry } from './archive/toc.ts';
import type { Entry, Role } from '../bundle.ts';
import { roleOf } from './roles.ts';

/** What becomes a file when a one-file executable unpacks itself. */
const extracted = 'bxZn';

/** Roles whose names are no paths: a backslash in them is what it is. */
const nameless: readonly Role[] = ['script', 'bootstrap', 'option', 'modules'];

/** The entries of PyInstaller's package, with `/` in their paths whatever system they are for. */
export function packageEntries(toc: readonly TocEntry[], windows: boolean): Entry[] {
  return toc.map(({ name: stored, typeCode, offset, storedBytes, sizeBytes, compressed }) => {
    const path = windows ? stored.replaceAll('\\', '/') : stored;
    const role = roleOf(typeCode, path);
    return { name: nameless.includes(role) ? stored : path, role, typeCode, storedBytes, sizeBytes, compressed, offset };
  });
}

/** Whether an entry becomes a file in the temporary directory. */
export function isExtracted({ typeCode }: Pick<Entry, 'typeCode'>): boolean {
  return extracted.includes(typeCode);
}

/** The first entry that shares bytes with the one before it, in the order of their places: PyInstaller writes one after the other. */
export function overlapping(toc: readonly TocEntry[]): TocEntry | undefined {
  const byPlace = toc.filter(({ storedBytes }) => storedBytes > 0).sort((left, right) => left.offset - right.offset);
  return byPlace.find(({ offset }, index) => {
    const before = byPlace[index - 1];
    return before !== undefined && before.offset + before.storedBytes > offset;
  });
}
