import { metadataFolder } from '../roles.ts';
import type { Entry, FrozenBundle } from '../../bundle.ts';
import { moduleOwners, ownerOf, python, sharedLibraries, type Owner } from './owners.ts';

/** What one distribution takes. */
export type DistributionSize = Owner & {
  /** In the executable or the folder. */
  readonly storedBytes: number;
  /** On the disk of a running copy; modules stay in the archive and take nothing there. */
  readonly extractedBytes: number;
};

/**
 * What each distribution takes, the largest first: its modules, extension modules, data and metadata together. Named by the
 * distribution where something in the bundle tells it, else by the top-level package; `Python` is the interpreter and its
 * library, `shared libraries` what lies beside it.
 */
export function sizesByDistribution(bundle: FrozenBundle): DistributionSize[] {
  const sizes = new Map<string, DistributionSize>();
  const add = (owner: Owner, storedBytes: number, extractedBytes: number): void => {
    const before = sizes.get(owner.name);
    sizes.set(owner.name, { ...owner, ...before, storedBytes: (before?.storedBytes ?? 0) + storedBytes, extractedBytes: (
      before?.extractedBytes ?? 0
    ) + extractedBytes });
  };
  const ofModule = moduleOwners(bundle);
  const ofMetadata = new Map(bundle.distributions.map((distribution) => [distribution.folder, ownerOf(distribution)]));
  for (const entry of bundle.entries) {
    // The modules of the archive are counted one by one below.
    if (entry.role !== 'modules' && entry.role !== 'option') add(
      ownerOfEntry(entry, ofModule, ofMetadata), entry.storedBytes, extractedBytesOf(entry),
    );
  }
  for (const { name, origin, storedBytes } of bundle.modules) if (origin === 'PYZ') add(ofModule(name), storedBytes, 0);
  return [...sizes.values()].toSorted((a, b) => b.storedBytes - a.storedBytes || a.name.localeCompare(b.name, 'en'));
}

const unpacked = new Set<Entry['role']>(['base library', 'module', 'extension module', 'library', 'metadata', 'data', 'zip']);

/** Whether an entry becomes a file: scripts and bootstrap modules are read from the archive. */
export function isUnpacked({ role }: Entry): boolean {
  return unpacked.has(role);
}

function extractedBytesOf(entry: Entry): number {
  return isUnpacked(entry) ? entry.sizeBytes : 0;
}

function ownerOfEntry({ name, role }: Entry, ofModule: (module: string) => Owner, ofMetadata: ReadonlyMap<string, Owner>): Owner {
  const [first = '', ...rest] = name.split('/');
  if (role === 'bootstrap' || role === 'script' || role === 'base library' || /^python\d/.test(first) || /^(lib)?python\d/.test(name)) {
    return python;
  }
  if (role === 'library' && rest.length === 0) return sharedLibraries;
  const metadata = ofMetadata.get(metadataFolder(name) ?? '');
  if (metadata !== undefined) return metadata;
  // Wheels keep libraries beside their package: numpy.libs, or numpy/.dylibs.
  const [top = first] = first.replace(/\.(libs|dist-info|egg-info)$/, '').split('.', 1);
  // google/_upb/_message.abi3.so belongs to what owns google._upb.
  return ofModule([top, ...rest.slice(0, -1)].join('.'));
}
