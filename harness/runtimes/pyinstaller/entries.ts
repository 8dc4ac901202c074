import type { Entry, Role, Script } from '../bundle.ts';
import type { TocEntry } from './archive/toc.ts';
import { roleOf } from './roles.ts';

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

/** Whether an entry becomes a file in the temporary directory when a one-file executable unpacks itself. */
export function isExtracted({ typeCode }: Pick<Entry, 'typeCode'>): boolean {
  return 'bxZn'.includes(typeCode);
}

/** The first entry that shares bytes with the one before it, in the order of their places: PyInstaller writes one after the other. */
export function overlapping(toc: readonly TocEntry[]): TocEntry | undefined {
  const byPlace = toc.filter(({ storedBytes }) => storedBytes > 0).sort((left, right) => left.offset - right.offset);
  return byPlace.find(({ offset }, index) => {
    const before = byPlace[index - 1];
    return before !== undefined && before.offset + before.storedBytes > offset;
  });
}

/**
 * The scripts in the order in which they run. PyInstaller writes its own bootstrap, the project's runtime hooks, its own
 * runtime hooks (pyi_rth_…), then the entry scripts; without hooks of its own, all but the last script are taken for hooks.
 */
export function scriptsOf(entries: readonly Entry[]): Script[] {
  const names = entries.filter(({ role }) => role === 'script').map(({ name }) => name);
  const lastHook = names.findLastIndex((name) => name.startsWith('pyi_rth_'));
  const firstEntry = lastHook >= 0 ? lastHook + 1 : names.length - 1;
  return names.map((name, index) => {
    if (/^pyiboot\d/.test(name)) return { name, kind: 'bootstrap' };
    return { name, kind: index < firstEntry ? 'runtime hook' : 'entry' };
  });
}
