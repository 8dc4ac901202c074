import type { Distribution, Entry, FrozenBundle } from '../../bundle.ts';
import { metadataFolder } from '../roles.ts';
import names from './python-names.json' with { type: 'json' };

/** What bytes belong to: a distribution, or a package whose distribution nothing in the bundle tells. */
type Owner = { readonly name: string; readonly version?: string };

/** What one distribution takes. */
export type DistributionSize = Owner & {
  /** In the executable or the folder. */
  readonly storedBytes: number;
  /** On the disk of a running copy; modules stay in the archive and take nothing there. */
  readonly extractedBytes: number;
};

const python: Owner = { name: 'Python' };
const sharedLibraries: Owner = { name: 'shared libraries' };

/** The top-level modules of Python's own library: `sys.stdlib_module_names` of 3.11, which still has those that 3.12 and 3.13 took out. */
const standardLibrary: ReadonlySet<string> = new Set(names.standardLibrary);

/** What distributions are imported as that are called otherwise, by normalised name; their metadata must be in the bundle. */
const knownImports: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(names.imports));

/** Deeper than any namespace: what stands below belongs to who owns this much of the name. */
const deepest = 4;

/**
 * What each distribution takes, the largest first: its modules, extension modules, data and metadata together. Named by the
 * distribution where something in the bundle tells it, else by the top-level package; `Python` is the interpreter and its
 * library, `shared libraries` what lies beside it.
 */
export function sizesByDistribution(bundle: FrozenBundle): DistributionSize[] {
  const sizes = new Map<string, DistributionSize>();
  const add = (owner: Owner, storedBytes: number, extractedBytes: number): void => {
    const before = sizes.get(owner.name) ?? { storedBytes: 0, extractedBytes: 0 };
    sizes.set(owner.name, {
      ...owner, ...before, storedBytes: before.storedBytes + storedBytes, extractedBytes: before.extractedBytes + extractedBytes,
    });
  };
  const ofModule = moduleOwners(bundle);
  const ofMetadata = new Map(bundle.distributions.map((distribution) => [distribution.folder, ownerOf(distribution)]));
  for (const entry of bundle.entries) {
    // The modules of the archive are counted one by one below.
    if (entry.role === 'modules' || entry.role === 'option') continue;
    add(ownerOfEntry(entry, ofModule, ofMetadata), entry.storedBytes, isUnpacked(entry) ? entry.sizeBytes : 0);
  }
  for (const { name, origin, storedBytes } of bundle.modules) if (origin === 'PYZ') add(ofModule(name), storedBytes, 0);
  return [...sizes.values()].toSorted((a, b) => b.storedBytes - a.storedBytes || a.name.localeCompare(b.name, 'en'));
}

const unpacked = new Set<Entry['role']>(['base library', 'module', 'extension module', 'library', 'metadata', 'data', 'zip']);

/** Whether an entry becomes a file: scripts and bootstrap modules are read from the archive. */
export function isUnpacked({ role }: Entry): boolean {
  return unpacked.has(role);
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

/**
 * Tells who owns a module, by its dotted name. A distribution owns the package of its own name (`google-cloud-storage`:
 * google_cloud_storage and google.cloud.storage), what it is known to be imported as, and, where there is nothing of these, the
 * package into which its entry points lead, if no other distribution claims that. What nobody owns has the name of its top-level
 * package; the standard library is Python's.
 */
function moduleOwners({ distributions, modules }: FrozenBundle): (module: string) => Owner {
  const present = new Set(modules.flatMap(({ name }) => prefixes(name)));
  const owners = new Map<string, Owner>();
  const orphans = distributions.filter((distribution) => {
    const own = importsOf(distribution).filter((name) => present.has(name));
    for (const name of own) owners.set(name, ownerOf(distribution));
    return own.length === 0;
  });
  const claims = Map.groupBy(orphans.flatMap(claimsOf), ({ name }) => name);
  for (const [name, [claim, ...others]] of claims) {
    if (claim === undefined || others.length > 0 || !present.has(name) || owners.has(name) || standardLibrary.has(name)) continue;
    owners.set(name, ownerOf(claim.distribution));
  }
  return (module) => {
    const found = prefixes(module).findLast((name) => owners.has(name));
    const [top = module] = module.split('.', 1);
    // What describes how the interpreter was built carries the platform in its name.
    const isPythons = standardLibrary.has(top) || top.startsWith('_sysconfigdata_');
    return (found === undefined ? undefined : owners.get(found)) ?? (isPythons ? python : { name: top });
  };
}

/** A distribution as it is shown. */
function ownerOf({ name, version }: Distribution): Owner {
  return { name, ...(version !== '' && { version }) };
}

function importsOf({ name }: Distribution): string[] {
  const parts = name.toLowerCase().split(/[-_.]+/);
  const normalised = parts.join('_');
  return [normalised, parts.join('.'), name, ...(knownImports.get(normalised) ?? [])];
}

function claimsOf(distribution: Distribution): { name: string; distribution: Distribution }[] {
  const tops = distribution.entryPoints.map(({ target }) => /^\w+/.exec(target)?.[0] ?? '');
  return [...new Set(tops)].map((name) => ({ name, distribution }));
}

/** a, a.b and a.b.c of "a.b.c". */
function prefixes(module: string): string[] {
  const parts = module.split('.', deepest);
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}
