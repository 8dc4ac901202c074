import type { Entry, FrozenBundle, Module, Oddity } from '../bundle.ts';
import { inMemory, type ByteSource } from '../native/byte-source.ts';
import { Malformed, orDamage } from '../native/errors.ts';
import { readZip, type ZipEntry } from '../native/zip.ts';
import { readPyz, type Pyz } from './archive/pyz.ts';
import { storedPart, withEntry, type Opened } from './entry-source.ts';
import { damagedMember, moduleOddities, shown } from './oddities.ts';
import { extensionModule, looseModule } from './roles.ts';

/** It has 1 to 2 MB. */
const baseLibraryLimitBytes = 64_000_000;

/** Everything that can be imported, and what is odd about it. */
type FrozenModules = Pick<FrozenBundle, 'modules' | 'bytecodeMagic' | 'oddities'>;

/** Lists the modules of a bundle. Throws Malformed when the archive of frozen modules cannot be read. */
export async function readModules(opened: Opened, entries: readonly Entry[]): Promise<FrozenModules> {
  const modules: Module[][] = [];
  const oddities: Oddity[][] = [];
  let bytecodeMagic: number | undefined;
  for (const entry of entries) {
    if (entry.role === 'modules') {
      const { value: pyz, damage } = await orDamage(() => readPyz(storedPart(opened.source, entry)));
      if (damage !== undefined) throw new Malformed(`its module archive ${shown(entry.name)} is damaged: ${damage}`);
      bytecodeMagic ??= pyz.bytecodeMagic;
      modules.push(pyzModules(pyz, entry));
      oddities.push(moduleOddities(pyz, entry.name));
    } else if (entry.role === 'base library') {
      const { value, damage } = await orDamage(() => baseLibrary(opened, entry));
      modules.push(value?.members.flatMap((member) => looseModules(member.name, entry, 'base_library.zip', member)) ?? []);
      oddities.push(damagedMember(entry.name, damage));
    } else {
      modules.push(entryModules(entry));
    }
  }
  return { modules: modules.flat(), oddities: oddities.flat(), ...(bytecodeMagic !== undefined && { bytecodeMagic }) };
}

/** The contents of base_library.zip, which the interpreter needs before PyInstaller's importer runs. Throws Malformed where damaged. */
export async function baseLibrary(opened: Opened, entry: Entry): Promise<{ readonly source: ByteSource; readonly members: ZipEntry[] }> {
  if (entry.sizeBytes > baseLibraryLimitBytes) throw new Malformed(`it would have ${entry.sizeBytes} bytes`);
  const source = inMemory(await withEntry(opened, entry, (contents) => contents.read(0, contents.sizeBytes)));
  return { source, members: await readZip(source) };
}

/** What the archive of frozen modules held as data up to 5.13 is no module. */
function pyzModules({ entries }: Pyz, { name: entry }: Entry): Module[] {
  return entries.flatMap(({ kind, ...place }) => (kind === 'data' ? [] : { ...place, kind, origin: 'PYZ', entry } as const));
}

/** The module that an entry is by itself: an extension module, a loose .py or .pyc file, or one of the loader's own. */
function entryModules(entry: Entry): Module[] {
  const { name, role, storedBytes, typeCode } = entry;
  const place = { offset: 0, storedBytes };
  if (role === 'bootstrap') return [{ name, kind: typeCode === 'M' ? 'package' : 'module', origin: 'bootstrap', entry: name, ...place }];
  if (role === 'extension module') return [{ name: extensionModule(name) ?? name, kind: role, origin: 'loose', entry: name, ...place }];
  return role === 'module' ? looseModules(name, entry, 'loose', place) : [];
}

function looseModules(
  path: string, entry: Entry, origin: Module['origin'], { offset, storedBytes }: Pick<Module, 'offset' | 'storedBytes'>,
): Module[] {
  const found = looseModule(path);
  if (found === undefined) return [];
  return [{ name: found.name, kind: found.isPackage ? 'package' : 'module', origin, entry: entry.name, offset, storedBytes }];
}
