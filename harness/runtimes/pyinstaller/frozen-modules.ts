import { readPyz, type Pyz } from './archive/pyz.ts';
import { readZip } from '../native/zip.ts';
import type { Entry, Module, Oddity } from '../bundle.ts';
import { inMemory } from '../native/byte-source.ts';
import { storedPart, withEntry, type Opened } from './entry-source.ts';
import { Malformed, orDamage } from '../native/malformed.ts';
import { baseModules, entryModule, pyzModules } from './modules.ts';
import { shown } from './names.ts';
import { moduleOddities } from './oddities.ts';

/** It has 1 to 2 MB. */
const baseLibraryLimitBytes = 64_000_000;

/** Everything that can be imported, and what is odd about it. */
export type FrozenModules = { readonly modules: readonly Module[]; readonly bytecodeMagic?: number; readonly oddities: readonly Oddity[] };

/** Lists the modules of a bundle. Throws Malformed when the archive of frozen modules cannot be read. */
export async function readModules(opened: Opened, entries: readonly Entry[]): Promise<FrozenModules> {
  const modules: Module[] = [];
  const oddities: Oddity[] = [];
  let bytecodeMagic: number | undefined;
  for (const entry of entries) {
    if (entry.role === 'modules') {
      const pyz = await readModuleArchive(opened, entry);
      bytecodeMagic ??= pyz.bytecodeMagic;
      modules.push(...pyzModules(pyz.entries, entry.name));
      oddities.push(...moduleOddities(pyz.entries));
      const sentence = 'its module archive is encrypted: names can be read, code cannot';
      if (pyz.encrypted) oddities.push({ kind: 'encrypted-code', subject: entry.name, sentence });
    } else if (entry.role === 'base library') {
      const read = await orDamage(() => readBaseLibrary(opened, entry));
      if ('value' in read) modules.push(...read.value);
      else oddities.push({ kind: 'damaged-member', subject: entry.name, sentence: `${shown(entry.name)} cannot be read: ${read.damage}` });
    } else {
      const module = entryModule(entry);
      if (module !== undefined) modules.push(module);
    }
  }
  return { modules, oddities, ...(bytecodeMagic !== undefined && { bytecodeMagic }) };
}

async function readModuleArchive({ source }: Opened, entry: Entry): Promise<Pyz> {
  const read = await orDamage(() => readPyz(storedPart(source, entry)));
  if ('value' in read) return read.value;
  throw new Malformed(`its module archive ${shown(entry.name)} is damaged: ${read.damage}`);
}

async function readBaseLibrary(opened: Opened, entry: Entry): Promise<Module[]> {
  const entries = await readZip(inMemory(await baseLibrary(opened, entry)));
  if (entries === undefined) throw new Malformed('it is no zip file');
  return baseModules(entries, entry.name);
}

/** The contents of base_library.zip. Throws Malformed when they are damaged or absurdly large. */
export async function baseLibrary(opened: Opened, entry: Entry): Promise<Buffer> {
  if (entry.sizeBytes > baseLibraryLimitBytes) throw new Malformed(`it would have ${entry.sizeBytes} bytes`);
  return await withEntry(opened, entry, (contents) => contents.read(0, contents.sizeBytes));
}
