import { posix } from 'node:path';
import type { FrozenBundle } from '../../../bundle.ts';
import type { Observation } from '../../../../model/observation.ts';
import { formatBytes } from '../../../../model/format.ts';
import { atMost, plainName, someOf } from '../told.ts';

const shown = 10;
const shownPlaces = 4;

/** auditwheel and delvewheel put a hash into the names of a wheel's own libraries, so that they meet no others: libz-37eba27a.so.1. */
const wheelTag = /-[0-9a-f]{8,64}(?=[.-])/;

/** What Windows itself does not have and Python or its extension modules are linked with. */
const runtimeLibrary = /^(?:vcruntime140(?:_1)?|msvcp140|python3\d{1,2}t?)\.dll$/;

/**
 * Libraries of one name and of different contents, one of them in the folder where every loader looks first (BC-15). Windows and glibc load
 * one library of a name for a whole process. macOS goes by paths, where equal names are no trouble.
 */
export function collidingLibraries({ entries, nativeFiles, format }: FrozenBundle): Observation[] {
  if (format === 'Mach-O') return [];
  const native = new Set(nativeFiles.map(({ entry }) => entry));
  const libraries = entries.filter(({ name, role }) => role === 'library' && native.has(name) && !wheelTag.test(posix.basename(name)));
  const nameOf = (name: string) => (format === 'PE' ? posix.basename(name).toLowerCase() : posix.basename(name));
  const colliding = [...Map.groupBy(libraries, ({ name }) => nameOf(name)).values()].filter(
    (group) => new Set(group.map(({ sizeBytes }) => sizeBytes)).size > 1 && group.some(({ name }) => !name.includes('/')),
  );
  return atMost(shown, colliding.map((group): Observation => {
    const library = plainName(posix.basename(group[0]?.name ?? ''));
    const places = someOf(group.map(({ name, sizeBytes }) => `${plainName(name)} (${formatBytes(sizeBytes)})`), shownPlaces);
    return {
      kind: 'colliding-library', args: { library, places }, names: group.map(({ name }) => `file:${plainName(name)}`),
      line: `${group.length} different libraries are called ${library}: ${places}`,
    };
  }));
}

/** Libraries for Windows that UPX packed (NA-05). Elsewhere PyInstaller does not use it. */
export function packedLibraries({ nativeFiles }: FrozenBundle): Observation[] {
  const packed = nativeFiles.filter(({ format, images }) => format === 'PE' && images.some(({ packer }) => packer === 'UPX'));
  return atMost(shown, packed.map(({ entry }): Observation => {
    const member = plainName(entry);
    return { kind: 'packed-library', args: { member }, line: `${member} is packed by UPX`, names: [`file:${member}`] };
  }));
}

/** Libraries of the Visual C++ runtime and of Python that a member for Windows needs and the bundle does not have (NA-09). */
export function missingRuntimeLibraries({ nativeFiles, entries }: FrozenBundle): Observation[] {
  const held = new Set(entries.map(({ name }) => posix.basename(name).toLowerCase()));
  const needed = new Map<string, string>();
  for (const { entry, images } of nativeFiles.filter(({ format }) => format === 'PE')) {
    const missing = images.flatMap(({ needs }) => needs).filter(
      (name) => runtimeLibrary.test(name.toLowerCase()) && !held.has(name.toLowerCase()),
    );
    for (const library of missing) if (!needed.has(library)) needed.set(library, entry);
  }
  return atMost(shown, Array.from(needed, ([library, entry]): Observation => {
    const member = plainName(entry);
    const line = `${member} needs ${library}, which is not inside`;
    return { kind: 'missing-runtime-library', args: { library, member }, line, names: [`file:${library}`] };
  }));
}

