import type { PyzEntry } from './archive/pyz.ts';
import type { ZipEntry } from '../native/zip.ts';
import type { Entry, Module } from '../bundle.ts';
import { extensionModule, looseModule } from './roles.ts';

/** The modules in the archive of frozen modules. What it held as data up to 5.13 is none. */
export function pyzModules(entries: readonly PyzEntry[], entry: string): Module[] {
  const modules: Module[] = [];
  for (const { name, kind, offset, storedBytes } of entries) {
    if (kind !== 'data') modules.push({ name, kind, origin: 'PYZ', entry, offset, storedBytes });
  }
  return modules;
}

/** The modules in base_library.zip, which the interpreter needs before PyInstaller's importer runs. */
export function baseModules(entries: readonly ZipEntry[], entry: string): Module[] {
  return entries.flatMap(({ name, offset, storedBytes }) => {
    const found = looseModule(name);
    if (found === undefined) return [];
    return [
      { name: found.name, kind: found.isPackage ? 'package' : 'module', origin: 'base_library.zip', entry, offset, storedBytes } as const,
    ];
  });
}

/** The module that an entry is by itself: an extension module, a loose .py or .pyc file, or one of the loader's own. */
export function entryModule(entry: Entry): Module | undefined {
  const { name, role, storedBytes, typeCode } = entry;
  const from = { entry: name, offset: 0, storedBytes };
  if (role === 'bootstrap') return { name, kind: typeCode === 'M' ? 'package' : 'module', origin: 'bootstrap', ...from };
  if (role === 'extension module') return { name: extensionModule(name) ?? name, kind: role, origin: 'loose', ...from };
  const loose = role === 'module' ? looseModule(name) : undefined;
  return loose && { name: loose.name, kind: loose.isPackage ? 'package' : 'module', origin: 'loose', ...from };
}
