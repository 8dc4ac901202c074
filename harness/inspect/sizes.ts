import type { Entry, FrozenBundle } from '../bundle/bundle.ts';
import { standardLibrary } from './standard-library.ts';

/** What one top-level package takes. */
export type PackageSize = {
  /** The import name, or `Python` for the interpreter and its library, `shared libraries` for what lies beside it. */
  readonly name: string;
  /** In the executable or the folder. */
  readonly storedBytes: number;
  /** On the disk of a running copy; modules stay in the archive and take nothing there. */
  readonly extractedBytes: number;
};

const python = 'Python';
const libraries = 'shared libraries';

/** What each top-level package takes, the largest first: its modules, extension modules, data and metadata together. */
export function sizesByPackage({ entries, modules, distributions }: FrozenBundle): PackageSize[] {
  const sizes = new Map<string, PackageSize>();
  const add = (name: string, storedBytes: number, extractedBytes: number): void => {
    const before = sizes.get(name) ?? { name, storedBytes: 0, extractedBytes: 0 };
    sizes.set(name, { name, storedBytes: before.storedBytes + storedBytes, extractedBytes: before.extractedBytes + extractedBytes });
  };
  const importNames = new Map(distributions.map(({ folder, name }) => [folder, name.toLowerCase().replaceAll(/[-.]+/g, '_')]));
  for (const entry of entries) {
    // The modules of the archive are counted one by one below.
    if (entry.role !== 'modules' && entry.role !== 'option') add(ownerOf(entry, importNames), entry.storedBytes, extractedBytesOf(entry));
  }
  for (const { name, origin, storedBytes } of modules) if (origin === 'PYZ') add(packageOf(name), storedBytes, 0);
  return [...sizes.values()].toSorted((a, b) => b.storedBytes - a.storedBytes || a.name.localeCompare(b.name));
}

const unpacked = new Set<Entry['role']>(['base library', 'module', 'extension module', 'library', 'metadata', 'data', 'zip']);

/** Scripts and bootstrap modules are read from the archive. */
function extractedBytesOf({ role, sizeBytes }: Entry): number {
  return unpacked.has(role) ? sizeBytes : 0;
}

function ownerOf({ name, role }: Entry, importNames: ReadonlyMap<string, string>): string {
  const [first = '', ...rest] = name.split('/');
  if (role === 'bootstrap' || role === 'script' || role === 'base library' || /^python\d/.test(first) || /^(lib)?python\d/.test(name)) return python;
  if (role === 'library' && rest.length === 0) return libraries;
  const metadata = importNames.get(first);
  if (metadata !== undefined) return metadata;
  // Wheels keep libraries beside their package: numpy.libs, or numpy/.dylibs.
  return packageOf(first.replace(/\.(libs|dist-info|egg-info)$/, ''));
}

function packageOf(module: string): string {
  const [top = module] = module.split('.');
  return standardLibrary.has(top) ? python : top;
}
