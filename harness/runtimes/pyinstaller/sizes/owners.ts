import type { Distribution, FrozenBundle } from '../../bundle.ts';
import { knownImports } from './known-imports.ts';
import { standardLibrary } from './standard-library.ts';

/** What bytes belong to: a distribution, or a package whose distribution nothing in the bundle tells. */
export type Owner = { readonly name: string; readonly version?: string };

export const python: Owner = { name: 'Python' };
export const sharedLibraries: Owner = { name: 'shared libraries' };

/** Deeper than any namespace: what stands below belongs to who owns this much of the name. */
const deepest = 4;

/**
 * Tells who owns a module, by its dotted name. A distribution owns the package of its own name (`google-cloud-storage`:
 * google_cloud_storage and google.cloud.storage), what it is known to be imported as, and, where there is nothing of these, the
 * package into which its entry points lead, if no other distribution claims that. What nobody owns has the name of its top-level
 * package; the standard library is Python's.
 */
export function moduleOwners({ distributions, modules }: Pick<FrozenBundle, 'distributions' | 'modules'>): (module: string) => Owner {
  const present = new Set(modules.flatMap(({ name }) => prefixes(name)));
  const owners = new Map<string, Owner>();
  const orphans = distributions.filter((distribution) => {
    const own = importsOf(distribution).filter((name) => present.has(name));
    for (const name of own) owners.set(name, ownerOf(distribution));
    return own.length === 0;
  });
  const claims = Map.groupBy(orphans.flatMap(claimsOf), ({ name }) => name);
  for (const [name, [claim, ...others]] of claims) {
    if (claim !== undefined && others.length === 0 && present.has(name) && !owners.has(name) && !standardLibrary.has(name)) owners.set(
      name, ownerOf(claim.distribution),
    );
  }
  return (module) => {
    const found = prefixes(module).findLast((name) => owners.has(name));
    const [top = module] = module.split('.', 1);
    return (found === undefined ? undefined : owners.get(found)) ?? (isPythons(top) ? python : { name: top });
  };
}

/** What describes how the interpreter was built carries the platform in its name. */
function isPythons(top: string): boolean {
  return standardLibrary.has(top) || top.startsWith('_sysconfigdata_');
}

/** A distribution as it is shown. */
export function ownerOf({ name, version }: Distribution): Owner {
  return { name, ...(version !== '' && { version }) };
}

function importsOf({ name }: Distribution): string[] {
  const parts = name.toLowerCase().split(/[-_.]+/);
  const normalised = parts.join('_');
  const known = Object.hasOwn(knownImports, normalised) ? (knownImports[normalised] ?? []) : [];
  return [normalised, parts.join('.'), name, ...known];
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
